"""Draws the layers of a folder with geopandas and matplotlib: one PNG of 1600 x 1200."""
import json
import sys

import geopandas
import matplotlib

matplotlib.use("Agg")
import matplotlib.patheffects as effects
import matplotlib.pyplot as plt

folder, out = sys.argv[1:]
layer = lambda name: geopandas.read_file(f"{folder}/{name}.geojson")
west, south, east, north = json.load(open(f"{folder}/extent.json"))

figure = plt.figure(figsize=(16, 12), dpi=100)
axes = figure.add_axes([0, 0, 1, 1])
axes.set_facecolor("#d3e4ee")
layer("land").plot(ax=axes, color="#efeee8")
layer("areas").plot(ax=axes, column="actor", alpha=0.6, legend=True)
layer("admin1").plot(ax=axes, color="#bbbbbb", linewidth=0.5, linestyle="--")
layer("borders").plot(ax=axes, color="#777777", linewidth=1)
layer("rivers").plot(ax=axes, color="#6f9fc8", linewidth=0.8)
layer("roads").plot(ax=axes, color="#dddddd", linewidth=0.8)
places = layer("places")
places.plot(ax=axes, column="actor", markersize=25, edgecolor="white")
halo = [effects.withStroke(linewidth=2, foreground="white")]
for point, name in zip(places.geometry, places["place"]):
    axes.annotate(name, (point.x, point.y), xytext=(5, 3), textcoords="offset points", fontsize=8, path_effects=halo)
axes.set_xlim(west, east)
axes.set_ylim(south, north)
axes.set_aspect(1.22)
figure.savefig(out, dpi=100)
