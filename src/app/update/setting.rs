//! Shows and changes the settings of `:set`.

use super::{appearance, filter, popup, sort, view};
use crate::app::action::command_line::SettingCommand;
use crate::app::action::sort_order::sort_from_name;
use crate::app::effect::Effect;
use crate::app::input::mouse::MouseCapture;
use crate::app::model::appearance::Theme;
use crate::app::model::cite_request::CiteRequest;
use crate::app::model::filter::SkippedVisibility;
use crate::app::model::layout::LayoutMode;
use crate::app::model::paper_text::TexDisplay;
use crate::app::model::popup::PopupKind;
use crate::app::model::setting_list::{SETTINGS, SettingInfo};
use crate::app::model::state::State;
use crate::cite::OutputFormat;
use crate::search::SortDirection;
use crate::text::nearest_word;

pub fn apply(state: &mut State, command: SettingCommand) -> Vec<Effect> {
    match command {
        SettingCommand::List => popup::open(state, PopupKind::Settings),
        SettingCommand::Show(name) => match find(&name) {
            Some(setting) => {
                let values = (setting.values)().join(", ");
                let text = format!("{} (values: {values})", describe(state, setting));
                state.notices.info(text);
            }
            None => report_unknown(state, &name),
        },
        SettingCommand::Assign { name, value } => return assign(state, &name, &value),
    }
    Vec::new()
}

fn find(name: &str) -> Option<&'static SettingInfo> {
    SETTINGS.iter().find(|it| it.name == name)
}

fn describe(state: &State, setting: &SettingInfo) -> String {
    format!("{}={}", setting.name, (setting.current)(state))
}

/// Reports an unknown setting with the nearest one.
fn report_unknown(state: &mut State, name: &str) {
    let hint = match nearest_word(name, SETTINGS.iter().map(|it| it.name)) {
        Some(nearest) => format!("did you mean {nearest}?"),
        None => SETTINGS.map(|it| it.name).join(", "),
    };
    state.notices.error(format!("Unknown setting: {name} ({hint})"));
}

/// Sets a value. A value of several words may be given with hyphens.
fn assign(state: &mut State, name: &str, value: &str) -> Vec<Effect> {
    let Some(setting) = find(name) else {
        report_unknown(state, name);
        return Vec::new();
    };
    let words = value.replace('-', " ");
    let effects = match name {
        "copy-form" => OutputFormat::parse(value).map(|format| {
            state.selection.last_copy_format = Some(format);
            Vec::new()
        }),
        "layout" => LayoutMode::from_name(&words).map(|mode| view::set_layout_mode(state, mode)),
        "mouse" => match value {
            "on" => return appearance::set_mouse(state, MouseCapture::On),
            "off" => return appearance::set_mouse(state, MouseCapture::Off),
            _ => None,
        },
        "skipped" => match value {
            "hidden" => Some(filter::set_skipped(state, SkippedVisibility::Hidden)),
            "shown" => Some(filter::set_skipped(state, SkippedVisibility::Shown)),
            _ => None,
        },
        "sort" => sort_from_name(&words).map(|key| sort::sort(state, key, SortDirection::Forward)),
        // The style may be in a file; the result is reported when it is found.
        "style" => return vec![Effect::Cite(CiteRequest::FindStyle(value.to_owned()))],
        "tex" => match value {
            "raw" => Some(view::set_tex_display(state, TexDisplay::Raw)),
            "readable" => Some(view::set_tex_display(state, TexDisplay::Readable)),
            _ => None,
        },
        "theme" => match Theme::from_name(value) {
            Some(theme) => return appearance::use_theme(state, theme),
            None => None,
        },
        _ => None,
    };
    if effects.is_some() {
        state.notices.info(format!("Set {}", describe(state, setting)));
    } else {
        let values = (setting.values)().join(", ");
        state.notices.error(format!("{name}={value}: unknown value ({values})"));
    }
    effects.unwrap_or_default()
}
