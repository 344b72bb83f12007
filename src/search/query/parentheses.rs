//! Parentheses around what is left of a query after an edit.

use std::ops::Range;

use super::Query;
use super::lexer::TokenKind;

/// The text without the parentheses of the innermost group around an offset if they enclose one
/// term, and without parentheses around the whole query. A text with TeX keeps them.
pub fn simplified(text: &str, offset: usize) -> String {
    let query = Query::parse(text);
    // A dollar is that of a formula, or not, by what stands around it.
    if query.has_tex {
        return text.to_owned();
    }
    let tokens = &query.tokens;
    let group = |open: usize| {
        let mut depth = 0_usize;
        let close = tokens.iter().enumerate().skip(open).find(|(_, token)| {
            match token.kind {
                TokenKind::Open => depth += 1,
                TokenKind::Close => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        open..close.map_or(tokens.len(), |(at, _)| at)
    };
    let is_around = |at: &usize| {
        let is_bare = tokens[*at].kind == TokenKind::Open && tokens[*at].head.is_empty();
        is_bare && {
            let end = tokens.get(group(*at).end).map_or(text.len(), |it| it.range.start);
            (tokens[*at].range.end..=end).contains(&offset)
        }
    };
    let innermost = (0..tokens.len()).rfind(is_around).map(&group);
    let is_bound =
        |at: Option<usize>| matches!(query.kind_at(at), Some(TokenKind::Not | TokenKind::TightOr));
    let has_one_term = |it: &Range<usize>| {
        it.len() == 2
            && tokens[it.start + 1].kind.is_term()
            && !is_bound(it.start.checked_sub(1))
            && !is_bound(Some(it.end + 1))
    };
    let whole = tokens.first().filter(|it| it.kind == TokenKind::Open && it.head.is_empty());
    let whole = whole.map(|_| group(0)).filter(|it| it.end + 1 >= tokens.len());
    let Some(group) = innermost.filter(has_one_term).or(whole) else { return text.to_owned() };
    let (open, close) = (&tokens[group.start].range, tokens.get(group.end));
    let inner_end = close.map_or(text.len(), |it| it.range.start);
    let after = close.map_or("", |it| &text[it.range.end..]);
    let (before, inner) = (&text[..open.start], &text[open.end..inner_end]);
    let inner = if close.is_some() { inner.trim_end() } else { inner };
    // Without its parentheses the term would become part of the words around it.
    let is_apart = |end: Option<char>| end.is_none_or(|it| it.is_whitespace() || "()".contains(it));
    let space = |is_apart: bool| if is_apart { "" } else { " " };
    let space_before = space(is_apart(before.chars().next_back()));
    let space_after = space(is_apart(after.chars().next()));
    joined(&format!("{before}{space_before}{inner}{space_after}"), after)
}

/// The texts one behind the other, with a blank where a word such as `f(` would take the parenthesis
/// that closes the group around it.
pub fn joined(before: &str, after: &str) -> String {
    let is_apart = after.starts_with(')') && Query::parse(before).takes_parenthesis();
    format!("{before}{}{after}", if is_apart { " " } else { "" })
}
