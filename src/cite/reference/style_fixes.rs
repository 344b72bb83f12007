//! Rewrites CSL constructs that hayagriva does not support into equivalents that it does.

use hayagriva::citationberg::taxonomy::{NumberOrPageVariable, Term};
use hayagriva::citationberg::{
    Choose, IndependentStyle, Label, LabelPluralize, LayoutRenderingElement as Element, Names,
    NamesChild, Text, TextTarget,
};

/// Rewrites a style. Hayagriva ignores `plural="never"` in labels of pages, prints only the label
/// of names without a `name` element, and does not pass the format of names on to substitutes
/// inside a condition. Dashes for repeated authors are turned off, because references are also used
/// one by one.
pub fn fix_style(mut style: IndependentStyle) -> IndependentStyle {
    for csl_macro in &mut style.macros {
        fix_elements(&mut csl_macro.children);
    }
    fix_elements(&mut style.citation.layout.elements);
    if let Some(bibliography) = &mut style.bibliography {
        fix_elements(&mut bibliography.layout.elements);
        bibliography.subsequent_author_substitute = None;
    }
    style
}

fn fix_elements(elements: &mut [Element]) {
    for element in elements {
        match element {
            Element::Names(names) => fix_names(names),
            Element::Group(group) => {
                // The group prints nothing without pages, so a term in it replaces the label.
                for child in &mut group.children {
                    if let Element::Label(label) = child
                        && let Some(text) = singular(label)
                    {
                        *child = Element::Text(text);
                    }
                }
                fix_elements(&mut group.children);
            }
            Element::Choose(choose) => branches(choose).for_each(|it| fix_elements(it)),
            _ => {}
        }
    }
}

/// Returns the singular term of a page label whose `plural` is `never`.
fn singular(label: &Label) -> Option<Text> {
    let NumberOrPageVariable::Page(page) = label.variable else { return None };
    let label = &label.label;
    (label.plural == LabelPluralize::Never).then(|| Text {
        target: TextTarget::Term { term: Term::from(page), form: label.form, plural: false },
        formatting: label.formatting,
        affixes: label.affixes.clone(),
        display: None,
        quotes: false,
        strip_periods: label.strip_periods,
        text_case: label.text_case,
    })
}

fn branches(choose: &mut Choose) -> impl Iterator<Item = &mut Vec<Element>> {
    let conditions = std::iter::once(&mut choose.if_).chain(&mut choose.else_if);
    let otherwise = choose.otherwise.iter_mut().map(|it| &mut it.children);
    conditions.map(|it| &mut it.children).chain(otherwise)
}

fn fix_names(names: &mut Names) {
    let has = |is: fn(&NamesChild) -> bool| names.children.iter().any(is);
    if has(|it| matches!(it, NamesChild::Label(_))) && !has(|it| matches!(it, NamesChild::Name(_)))
    {
        names.children.insert(0, NamesChild::Name(hayagriva::citationberg::Name::default()));
    }
    let children = names.children.clone();
    let rules: Vec<NamesChild> =
        children.into_iter().filter(|it| !matches!(it, NamesChild::Substitute(_))).collect();
    for child in &mut names.children {
        if let NamesChild::Substitute(substitute) = child {
            for element in &mut substitute.children {
                match element {
                    Element::Choose(choose) => {
                        branches(choose).for_each(|it| add_substitute_rules(it, &rules));
                    }
                    other => fix_elements(std::slice::from_mut(other)),
                }
            }
        }
    }
}

/// Adds the format of the substituted names to substitutes without one.
fn add_substitute_rules(elements: &mut [Element], rules: &[NamesChild]) {
    for element in elements {
        match element {
            Element::Names(names) if names.children.is_empty() => {
                names.children = rules.to_vec();
            }
            Element::Choose(choose) => {
                branches(choose).for_each(|it| add_substitute_rules(it, rules));
            }
            other => fix_elements(std::slice::from_mut(other)),
        }
    }
}
