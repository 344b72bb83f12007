//! Keys in, screen out: the whole program in process, a file of tests for each pane or feature.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod harness;

mod citing;
mod commands;
mod copying;
mod duplicates;
mod facets;
mod filtering;
mod leaving;
mod links;
mod loading;
mod moving;
mod overlays;
mod panes;
mod reading;
mod selecting;
mod sequences;
mod sizes;
mod sorting;
mod text;
mod themes;
