//! The settings of `:set`, with their values.

use super::appearance::Theme;
use super::filter::SkippedVisibility;
use super::layout::LayoutMode;
use super::paper_text::TexDisplay;
use super::state::State;
use crate::app::action::sort_order::{SORT_ORDERS, sort_name};
use crate::app::input::mouse::MouseCapture;
use crate::cite::{OutputFormat, Style};

/// A setting that can be changed during a run.
#[derive(Debug)]
pub struct SettingInfo {
    pub name: &'static str,
    /// The values that it accepts.
    pub values: fn() -> Vec<String>,
    /// Its current value.
    pub current: fn(&State) -> String,
}

/// All settings, in alphabetical order.
pub const SETTINGS: [SettingInfo; 8] = [
    SettingInfo {
        name: "copy-form",
        values: || OutputFormat::ALL.map(|it| it.field_name().to_owned()).to_vec(),
        current: |state| {
            let format = state.selection.last_copy_format.or(state.settings.copy_format);
            format.unwrap_or(OutputFormat::TitleAndLink).field_name().to_owned()
        },
    },
    SettingInfo {
        name: "layout",
        values: || LayoutMode::ALL.map(|it| it.name().to_owned()).to_vec(),
        current: |state| state.view.layout_mode.name().to_owned(),
    },
    SettingInfo {
        name: "mouse",
        values: || vec!["on".to_owned(), "off".to_owned()],
        current: |state| match state.settings.mouse {
            MouseCapture::On => "on".to_owned(),
            MouseCapture::Off => "off".to_owned(),
        },
    },
    SettingInfo {
        name: "skipped",
        values: || vec!["hidden".to_owned(), "shown".to_owned()],
        current: |state| match state.filter.marks.skipped {
            SkippedVisibility::Hidden => "hidden".to_owned(),
            SkippedVisibility::Shown => "shown".to_owned(),
        },
    },
    SettingInfo {
        name: "sort",
        values: sort_values,
        current: |state| {
            sort_name(state.filter.order).split(',').next().unwrap_or_default().to_owned()
        },
    },
    SettingInfo {
        name: "style",
        values: || Style::all().iter().map(|it| it.name().to_owned()).collect(),
        current: |state| state.cite.style.name().to_owned(),
    },
    SettingInfo {
        name: "tex",
        values: || vec!["readable".to_owned(), "raw".to_owned()],
        current: |state| match state.view.tex_display {
            TexDisplay::Readable => "readable".to_owned(),
            TexDisplay::Raw => "raw".to_owned(),
        },
    },
    SettingInfo {
        name: "theme",
        values: || Theme::ALL.map(|(name, _)| name.to_owned()).to_vec(),
        current: |state| state.settings.appearance.theme.name().to_owned(),
    },
];

/// The names of the sort orders.
pub fn sort_values() -> Vec<String> {
    let names = SORT_ORDERS.iter().filter_map(|(_, _, name)| name.split(',').next());
    names.map(str::to_owned).collect()
}
