//! Keys in, screen out: the whole program in process, a file of tests for each pane or feature.

mod harness;

mod basket;
mod citing;
mod coming_back;
mod commands;
mod copying;
mod duplicates;
mod evening;
mod facets;
mod filtering;
mod leaving;
mod links;
mod loading;
mod marking;
mod menus;
mod mouse;
mod moving;
mod notices;
mod overlays;
mod panes;
mod picking;
mod places;
mod prompts;
mod properties;
mod reading;
mod rows;
mod searches;
mod selecting;
mod sequences;
mod similar_papers;
mod sizes;
mod sorting;
mod text;
mod themes;
mod triage;
