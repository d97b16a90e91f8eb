//! Baselines: who held what on some day, as tables and as polygons.

use super::fail::Fail;
use super::input::{Given, inside};
use super::{files, source};
use crate::actor::ActorId;
use crate::basemap::Basemap;
use crate::diag::{Code, Locus, Problem, short};
use crate::run;
use crate::timeline::{baseline, polygons};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::PathBuf;

impl Given {
    /// Reads the baselines that options name, else those of the project, if it has any. The places must be known by then.
    pub(super) fn baselines(&mut self, named: &[PathBuf]) -> Result<(), Fail> {
        let listed = self
            .folder
            .iter()
            .flat_map(|folder| self.project.baseline.iter().map(|path| inside(folder, path)));
        let paths: Vec<PathBuf> =
            if named.is_empty() { listed.collect::<Result<_, _>>()? } else { named.to_vec() };
        let mut territories = Vec::new();
        for path in paths {
            let name = path.display().to_string();
            let bytes = match source::unpacked(&name, files::read(&path)?) {
                Ok(bytes) => bytes,
                Err(problem) => {
                    self.problems.push(problem);
                    continue;
                }
            };
            if polygons::is_geojson(&bytes) {
                territories.extend(self.polygons(&name, &bytes));
            } else {
                self.table(&name, &bytes);
            }
        }
        if !territories.is_empty() {
            let base = Basemap::embedded();
            let labels = run::settlements(&self.gazetteer, &self.project, &base, &territories);
            self.baseline.extend(labels.unload(&mut self.problems));
        }
        Ok(())
    }

    fn table(&mut self, name: &str, bytes: &[u8]) {
        self.texts.keep(name, &String::from_utf8_lossy(bytes));
        let mut unknown = Vec::new();
        let checked = {
            let actor = self.actors(name, bytes, &mut unknown);
            baseline::read(name, bytes, &|sought| run::seek(&self.gazetteer, &self.project, sought), &actor)
        };
        self.baseline.extend(checked.unload(&mut self.problems));
        self.problems.append(&mut unknown);
    }

    fn polygons(&mut self, name: &str, bytes: &[u8]) -> Vec<polygons::Territory> {
        let cast = &self.project.cast;
        let unknown = RefCell::new(BTreeSet::new());
        let actor = |name: &str| {
            cast.find(name).cloned().unwrap_or_else(|| {
                unknown.borrow_mut().insert(name.to_owned());
                ActorId(name.to_owned())
            })
        };
        let checked = polygons::read(name, bytes, &actor);
        let told =
            unknown.into_inner().into_iter().filter(|_| !self.project.actors.is_empty()).map(|actor| {
                let message = format!("no actor is called `{}`; it is taken for a new one", short(&actor));
                Problem::new(Code::UnknownActor, Locus::File(name.to_owned()), message)
                    .help("list it under [[actors]] in the project file, or as an alias of one")
            });
        let told: Vec<Problem> = told.collect();
        self.problems.extend(told);
        checked.unload(&mut self.problems)
    }
}
