"""Draws the layers of a folder with Mapnik: one PNG of 1600 x 1200."""
import json
import sys

import mapnik

folder, out = sys.argv[1:]
west, south, east, north = json.load(open(f"{folder}/extent.json"))
colours = ["#d55e00", "#009e73", "#56b4e9", "#e69f00", "#cc79a7", "#0072b2", "#f0e442"]
actors = sorted({row["properties"]["actor"] for row in json.load(open(f"{folder}/areas.geojson"))["features"]})


def by_actor(symbol):
    return "".join(
        f'<Rule><Filter>[actor] = "{actor}"</Filter>{symbol.format(colour=colours[n % len(colours)])}</Rule>'
        for n, actor in enumerate(actors)
    )


def line(colour, width, dashes=""):
    return f'<Rule><LineSymbolizer stroke="{colour}" stroke-width="{width}" {dashes}/></Rule>'


styles = {
    "land": '<Rule><PolygonSymbolizer fill="#efeee8"/></Rule>',
    "areas": by_actor('<PolygonSymbolizer fill="{colour}" fill-opacity="0.6"/>'),
    "admin1": line("#bbbbbb", 0.5, 'stroke-dasharray="4,3"'),
    "borders": line("#777777", 1),
    "rivers": line("#6f9fc8", 0.8),
    "roads": line("#dddddd", 0.8),
    "places": by_actor('<MarkersSymbolizer fill="{colour}" width="7" height="7" allow-overlap="true"/>')
    + '<Rule><TextSymbolizer face-name="DejaVu Sans Book" size="11" halo-radius="1" dy="-8" '
    'placement-type="simple" placements="N,S,E,W,NE,SE,NW,SW,11">[place]</TextSymbolizer></Rule>',
}
xml = '<Map background-color="#d3e4ee" srs="+proj=laea +lat_0=35 +lon_0=38.5 +datum=WGS84">'
for name, rules in styles.items():
    xml += f'<Style name="{name}">{rules}</Style>'
for name in styles:
    xml += (
        f'<Layer name="{name}" srs="+proj=longlat +datum=WGS84"><StyleName>{name}</StyleName><Datasource>'
        f'<Parameter name="type">geojson</Parameter><Parameter name="file">{folder}/{name}.geojson</Parameter>'
        "</Datasource></Layer>"
    )
mapnik.register_fonts("/usr/share/fonts/truetype/dejavu")
page = mapnik.Map(1600, 1200)
mapnik.load_map_from_string(page, xml + "</Map>")
bounds = mapnik.Box2d(west, south, east, north)
page.zoom_to_box(mapnik.ProjTransform(mapnik.Projection("+proj=longlat +datum=WGS84"), mapnik.Projection(page.srs)).forward(bounds))
mapnik.render_to_file(page, out, "png")
