//! The table `keys` of a configuration: bindings by context, and the language map.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::DeValue;

use super::problems::ConfigProblems;
use crate::app::{Keymap, LangMap};

/// A binding as written: context, key sequence, action, and the offset of the action in the file.
struct WrittenBinding {
    context: String,
    sequence: String,
    action: String,
    offset: usize,
}

/// Applies the table. Each binding is applied or reported by itself.
pub fn apply_keys(
    keymap: &mut Keymap,
    lang_map: &mut LangMap,
    sections: Spanned<DeValue<'_>>,
    problems: &mut ConfigProblems<'_>,
) {
    let start = sections.span().start;
    let DeValue::Table(sections) = sections.into_inner() else {
        return problems.add(start, "`keys` must be a table");
    };
    let mut bindings = Vec::new();
    for (name, section) in sections {
        let (name, offset) = (name.into_inner(), section.span().start);
        match section.into_inner() {
            DeValue::Table(keys) => {
                for (sequence, action) in keys {
                    bindings.extend(read_binding(&name, &sequence, &action, problems));
                }
            }
            DeValue::String(layouts) if name == "langmap" => match LangMap::parse(&layouts) {
                Ok(parsed) => *lang_map = parsed,
                Err(reason) => problems.add(offset, reason),
            },
            _ if name == "langmap" => problems.add(offset, "`langmap` must be a string"),
            _ => problems.add(
                offset,
                format!("`keys.{name}` is no setting: use `langmap`, or a table of keys"),
            ),
        }
    }
    bind(keymap, bindings, problems);
}

fn read_binding(
    context: &str,
    sequence: &Spanned<Cow<'_, str>>,
    action: &Spanned<DeValue<'_>>,
    problems: &mut ConfigProblems<'_>,
) -> Option<WrittenBinding> {
    let (sequence, offset) = (sequence.get_ref().as_ref(), action.span().start);
    let Some(action) = action.get_ref().as_str() else {
        problems.add(offset, format!("`keys.{context}.{sequence}` must be the name of an action"));
        return None;
    };
    Some(WrittenBinding {
        context: context.to_owned(),
        sequence: sequence.to_owned(),
        action: action.to_owned(),
        offset,
    })
}

/// Unbinds keys first, so that they can be bound again.
fn bind(keymap: &mut Keymap, bindings: Vec<WrittenBinding>, problems: &mut ConfigProblems<'_>) {
    let (unbinding, binding): (Vec<_>, Vec<_>) =
        bindings.into_iter().partition(|it| it.action == "none");
    for WrittenBinding { context, sequence, action, offset } in unbinding.into_iter().chain(binding)
    {
        if let Err(error) = keymap.bind(&context, &sequence, &action) {
            problems.add(offset, error.to_string());
        }
    }
}
