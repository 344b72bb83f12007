//! Estimates the cost of rendering a reference in a style before it is rendered.
//!
//! Hayagriva follows macro calls wherever they lead, and evaluates the children of a group again in
//! every enclosing group. A few lines of a style can thus take more steps than any machine can
//! execute, and a recursive macro overflows the stack.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use hayagriva::citationberg::json::{Item, Value};
use hayagriva::citationberg::taxonomy::Variable;
use hayagriva::citationberg::{
    Affixes, ChooseBranch, Date, IndependentStyle, InheritableNameOptions,
    LayoutRenderingElement as Element, Locale, Names, NamesChild, Sort, SortKey, Text, TextTarget,
    ToAffixes as _,
};

/// Maximum nesting of elements, macro calls included. Public styles nest at most 39 deep; twice
/// that depth takes a quarter of a thread's stack.
const MAX_DEPTH: u32 = 80;
/// Maximum number of terms and date formats in the locales of a style. They are searched linearly
/// for each term printed.
const MAX_TERMS: usize = 4_000;
/// Maximum length of a term, in bytes. It is copied wherever it is printed.
const MAX_TERM_BYTES: usize = 1 << 10;
/// Number of times that a citation is rendered for one reference: to compare it with others, to
/// disambiguate it, and to print it.
const RENDERS_PER_CITATION: u64 = 4;
/// Number of times that the sort keys of a reference are rendered to sort a list of a hundred.
const SORT_KEY_RENDERS: u64 = 14;
/// Visits that rendering an element costs.
const ELEMENT_COST: u64 = 16;
/// Visits that looking up a term in the three locales of a style costs.
const TERM_LOOKUP_COST: u64 = 32;
/// Visits that parsing a value as numbers or pages costs.
const NUMBER_PARSE_COST: u64 = 8;

/// Maximum cost of a reference with few names, in visits. Public styles take at most 9 million; a
/// million visits take a few milliseconds.
const MAX_STYLE_COST: u64 = 20_000_000;
/// Maximum cost of the reference of one paper, in visits. Public styles take an eighth of it for
/// 3,000 names.
const MAX_PAPER_COST: u64 = 10 * MAX_STYLE_COST;

/// Checks that the style renders a paper with few names within the limits of time and stack.
///
/// # Errors
///
/// Returns the reason why the style cannot be used: the recursive macro, or the limit exceeded.
pub fn check(style: &IndependentStyle) -> Result<(), String> {
    check_terms(&style.locale)?;
    if render_cost(style, None)? > MAX_STYLE_COST {
        return Err("too many nested macro calls".to_owned());
    }
    Ok(())
}

/// Returns true if the reference of a paper is within the budget. The style must have passed
/// [`check`].
pub fn is_within_budget(style: &IndependentStyle, item: &Item) -> bool {
    render_cost(style, Some(item)).is_ok_and(|it| it <= MAX_PAPER_COST)
}

fn render_cost(style: &IndependentStyle, item: Option<&Item>) -> Result<u64, String> {
    let mut count = CostCounter::new(style, item);
    let citation = count.elements(&style.citation.layout.elements, 0)?;
    let mut total = citation.total().saturating_mul(RENDERS_PER_CITATION);
    let mut sorts = vec![&style.citation.sort];
    if let Some(bibliography) = &style.bibliography {
        total = total.saturating_add(count.elements(&bibliography.layout.elements, 0)?.total());
        sorts.push(&bibliography.sort);
    }
    for sort in sorts.into_iter().flatten() {
        total = total.saturating_add(count.keys(sort)?);
    }
    Ok(total)
}

/// Checks number and length of the terms.
fn check_terms(locales: &[Locale]) -> Result<(), String> {
    let terms = || locales.iter().filter_map(|it| it.terms.as_ref()).flat_map(|it| &it.terms);
    let words = terms().flat_map(|it| [it.single(), it.multiple()]).flatten();
    if words.map(str::len).max() > Some(MAX_TERM_BYTES) {
        return Err(format!("term longer than {MAX_TERM_BYTES} bytes"));
    }
    let entries = terms().count() + locales.iter().map(|it| it.date.len() + 1).sum::<usize>();
    if entries > MAX_TERMS { Err(format!("more than {MAX_TERMS} terms")) } else { Ok(()) }
}

/// The cost of a sequence of elements.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct RenderCost {
    /// Number of visits to all elements, as for testing if there is something to print.
    visits: u64,
    /// Number of visits while rendering; repeated for each group around an element.
    rendering: u64,
    /// Number of times that the length of all the output so far is measured.
    lengths: u64,
    /// Nesting depth of the elements.
    depth: u32,
}

impl RenderCost {
    fn visit(visits: u64) -> Self {
        let rendering = visits.saturating_mul(ELEMENT_COST);
        Self { visits, rendering, lengths: 0, depth: 1 }
    }

    fn add(&mut self, next: Self) {
        self.visits = self.visits.saturating_add(next.visits);
        self.rendering = self.rendering.saturating_add(next.rendering);
        self.lengths = self.lengths.saturating_add(next.lengths);
        self.depth = self.depth.max(next.depth);
    }

    /// Returns the maximum of each component.
    fn max(self, other: Self) -> Self {
        Self {
            visits: self.visits.max(other.visits),
            rendering: self.rendering.max(other.rendering),
            lengths: self.lengths.max(other.lengths),
            depth: self.depth.max(other.depth),
        }
    }

    /// Returns the cost inside an element that takes `visits` itself. The element tests twice if
    /// its children print something.
    fn in_group(self, visits: u64) -> Self {
        let mut all = Self::visit(visits);
        all.add(self);
        all.rendering = all.rendering.saturating_add(self.visits.saturating_mul(2));
        all.depth = self.depth.saturating_add(1);
        all
    }

    fn total(self) -> u64 {
        // Measuring visits every part printed so far. There are at most as many parts as elements.
        self.rendering.saturating_add(self.lengths.saturating_mul(self.visits) / 4)
    }
}

/// State of a macro during the estimate.
#[derive(Clone, Copy)]
enum MacroState {
    Unvisited,
    /// Its elements are being counted, so a call of it now is recursive.
    InProgress,
    Done(RenderCost),
}

struct CostCounter<'a> {
    macros: HashMap<&'a str, (&'a [Element], MacroState)>,
    /// The paper; `None` for one whose values are all short.
    item: Option<&'a Item>,
    /// Visits that copying the longest value of the paper costs.
    value: u64,
    /// Visits that finding a macro costs.
    call: u64,
    /// Visits that finding a term costs.
    word: u64,
    /// Visits that copying the global name options costs.
    options: u64,
}

impl<'a> CostCounter<'a> {
    fn new(style: &'a IndependentStyle, item: Option<&'a Item>) -> Self {
        let mut macros = HashMap::new();
        for it in &style.macros {
            // Hayagriva calls the first macro of a name.
            macros
                .entry(it.name.as_str())
                .or_insert((it.children.as_slice(), MacroState::Unvisited));
        }
        let size = |it: &Value| if let Value::String(text) = it { text.len() / 512 } else { 0 };
        let max_size = item.iter().flat_map(|it| it.0.values()).map(size).max();
        let bibliography = style.bibliography.as_ref().map(|it| &it.name_options);
        let options =
            [Some(&style.settings.options), Some(&style.citation.name_options), bibliography];
        let terms = style.locale.iter().filter_map(|it| it.terms.as_ref());
        let terms = terms.map(|it| it.terms.len()).sum::<usize>();
        Self {
            macros,
            item,
            value: 1 + max_size.unwrap_or_default() as u64,
            call: 1 + style.macros.len() as u64 / 256,
            word: TERM_LOOKUP_COST + terms as u64 / 32,
            options: options.into_iter().flatten().map(option_bytes).sum(),
        }
    }

    fn keys(&mut self, sort: &'a Sort) -> Result<u64, String> {
        let mut total: u64 = 0;
        for key in &sort.keys {
            let work = match key {
                SortKey::Variable { variable, .. } => ELEMENT_COST * self.copy_cost(*variable),
                SortKey::MacroName { name, .. } => self.call(name, 0)?.total(),
            };
            total = total.saturating_add(work.saturating_mul(SORT_KEY_RENDERS));
        }
        Ok(total)
    }

    /// `depth` is that of the enclosing elements and bounds the recursion. A macro counted before
    /// adds its own depth.
    fn elements(&mut self, elements: &'a [Element], depth: u32) -> Result<RenderCost, String> {
        let too_deep = || format!("macros nested more than {MAX_DEPTH} elements deep");
        if depth > MAX_DEPTH {
            return Err(too_deep());
        }
        let mut all = RenderCost::default();
        for element in elements {
            all.add(self.element(element, depth + 1)?);
        }
        if all.depth.saturating_add(depth) > MAX_DEPTH {
            return Err(too_deep());
        }
        Ok(all)
    }

    fn element(&mut self, element: &'a Element, depth: u32) -> Result<RenderCost, String> {
        Ok(match element {
            Element::Text(text) => self.text(text, depth)?,
            Element::Date(date) => self.date(date),
            Element::Number(number) => {
                RenderCost::visit(self.number() + affix_bytes(&number.affixes))
            }
            Element::Label(label) => {
                RenderCost::visit(self.word + self.number() + affix_bytes(&label.label.affixes))
            }
            Element::Names(names) => self.names(names, depth)?,
            Element::Group(group) => {
                let own_bytes = bytes(&[&group.prefix, &group.suffix, &group.delimiter]);
                self.elements(&group.children, depth)?.in_group(1 + own_bytes)
            }
            Element::Choose(choose) => {
                // Only one branch is rendered; take the most expensive.
                let mut all = RenderCost::default();
                let mut tests: u64 = 0;
                for branch in choose.branches() {
                    tests += self.tests(branch);
                    all = all.max(self.elements(&branch.children, depth)?);
                }
                if let Some(otherwise) = &choose.otherwise {
                    all = all.max(self.elements(&otherwise.children, depth)?);
                }
                all.add(RenderCost { visits: tests, rendering: tests, ..RenderCost::default() });
                all.in_group(1)
            }
        })
    }

    fn text(&mut self, text: &'a Text, depth: u32) -> Result<RenderCost, String> {
        let quotes = if text.quotes { self.word } else { 0 };
        let own_cost = quotes + affix_bytes(&text.affixes);
        Ok(match &text.target {
            TextTarget::Macro { name } => self.call(name, depth)?.in_group(self.call + own_cost),
            TextTarget::Value { val } => RenderCost::visit(1 + own_cost + val.len() as u64 / 64),
            TextTarget::Variable { var: Variable::Page(_) | Variable::Number(_), .. } => {
                RenderCost::visit(self.number() + own_cost)
            }
            TextTarget::Variable { .. } => RenderCost::visit(self.value + own_cost),
            TextTarget::Term { .. } => RenderCost::visit(self.word + own_cost),
        })
    }

    /// Returns the cost of a macro, which is counted once, however often it is called.
    fn call(&mut self, name: &'a str, depth: u32) -> Result<RenderCost, String> {
        let Some((children, visit)) = self.macros.get_mut(name) else {
            return Ok(RenderCost::default());
        };
        match *visit {
            MacroState::Done(work) => Ok(work),
            MacroState::InProgress => Err(format!("macro {name:?} calls itself")),
            MacroState::Unvisited => {
                *visit = MacroState::InProgress;
                let children = *children;
                let work = self.elements(children, depth)?;
                if let Some((_, visit)) = self.macros.get_mut(name) {
                    *visit = MacroState::Done(work);
                }
                Ok(work)
            }
        }
    }

    fn date(&self, date: &Date) -> RenderCost {
        // A date in a localised format has its parts in the locale, three at most.
        let parts = date.date_part.len().max(3) as u64;
        let own_cost = affix_bytes(&date.affixes) + bytes(&[&date.delimiter]);
        RenderCost { lengths: parts * 2, ..RenderCost::visit(own_cost + parts + self.word / 16) }
    }

    fn names(&mut self, names: &'a Names, depth: u32) -> Result<RenderCost, String> {
        let options = names.options();
        let mut text = self.options + option_bytes(&options) + affix_bytes(&names.to_affixes());
        if let Some(name) = names.name() {
            let name_options = name.options(&options);
            let strings = [
                name_options.delimiter,
                name_options.sort_separator,
                name_options.initialize_with.unwrap_or(""),
            ];
            text += strings.iter().map(|it| it.len() as u64).sum::<u64>() / 64;
        }
        let cost_per_name = (1 + text) * (1 + names.children.len() as u64);
        let copied =
            names.variable.iter().map(|it| self.copy_cost(Variable::Name(*it))).sum::<u64>();
        let mut all = RenderCost::visit(
            cost_per_name.saturating_mul(copied).saturating_add(1 + self.word / 16),
        );
        for child in &names.children {
            if let NamesChild::Substitute(substitute) = child {
                let mut inner = self.elements(&substitute.children, depth)?;
                let lengths = 2 * substitute.children.len() as u64;
                inner.lengths = inner.lengths.saturating_add(lengths);
                all.add(inner.in_group(1));
            }
        }
        Ok(all)
    }

    /// Returns the visits that copying a variable costs.
    fn copy_cost(&self, variable: Variable) -> u64 {
        match self.item.and_then(|it| it.0.get(&variable.to_string())) {
            Some(Value::Names(names)) => 1 + names.len() as u64,
            Some(Value::String(text)) => 1 + text.len() as u64 / 512,
            Some(Value::Number(_) | Value::Date(_)) | None => 1,
        }
    }

    /// Returns the visits that parsing a value as numbers costs.
    fn number(&self) -> u64 {
        NUMBER_PARSE_COST.saturating_mul(self.value)
    }

    /// Returns the visits that the conditions of a branch cost. Testing a name variable copies it.
    fn tests(&self, branch: &ChooseBranch) -> u64 {
        let count = |it: Option<usize>| it.unwrap_or_default() as u64;
        let copied = |it: &Option<Vec<Variable>>| {
            it.iter().flatten().map(|it| self.copy_cost(*it)).sum::<u64>()
        };
        let copied = copied(&branch.variable) + NUMBER_PARSE_COST * copied(&branch.is_numeric);
        let others = [
            branch.is_uncertain_date.as_ref().map(Vec::len),
            branch.locator.as_ref().map(Vec::len),
            branch.position.as_ref().map(Vec::len),
            branch.type_.as_ref().map(Vec::len),
        ];
        copied.saturating_add(1 + others.into_iter().map(count).sum::<u64>())
    }
}

fn affix_bytes(affixes: &Affixes) -> u64 {
    bytes(&[&affixes.prefix, &affixes.suffix])
}

fn option_bytes(options: &InheritableNameOptions) -> u64 {
    bytes(&[
        &options.name_delimiter, &options.names_delimiter, &options.initialize_with,
        &options.sort_separator,
    ])
}

/// Returns the visits that copying these strings costs.
fn bytes(texts: &[&Option<String>]) -> u64 {
    texts.iter().filter_map(|it| it.as_ref()).map(|it| it.len() as u64).sum::<u64>() / 64
}
