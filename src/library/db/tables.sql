CREATE TABLE card(
    card INTEGER PRIMARY KEY,
    process INTEGER NOT NULL,
    number INTEGER NOT NULL,
    keys TEXT NOT NULL,
    weak TEXT NOT NULL,
    record TEXT NOT NULL,
    paper INTEGER NOT NULL,
    sign INTEGER NOT NULL,
    UNIQUE(process, number)
);
CREATE INDEX card_paper ON card(paper);
CREATE TABLE entry(
    entry INTEGER PRIMARY KEY,
    process INTEGER NOT NULL,
    act INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    card INTEGER NOT NULL,
    aspect TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE(process, act, number)
);
CREATE INDEX entry_card ON entry(card, aspect, at);
CREATE INDEX entry_at ON entry(at);
CREATE INDEX entry_undo ON entry(value) WHERE aspect = 'undo';
CREATE TABLE key(
    key TEXT NOT NULL,
    card INTEGER NOT NULL,
    ties INTEGER NOT NULL,
    PRIMARY KEY(key, card)
) WITHOUT ROWID;
CREATE TABLE undone(
    process INTEGER NOT NULL,
    act INTEGER NOT NULL,
    PRIMARY KEY(process, act)
) WITHOUT ROWID;
CREATE TABLE state(
    paper INTEGER NOT NULL,
    aspect TEXT NOT NULL,
    value TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY(paper, aspect)
) WITHOUT ROWID;
CREATE INDEX state_aspect ON state(aspect);
CREATE TABLE change(
    paper INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    moved INTEGER
);
CREATE INDEX change_version ON change(version);
CREATE TABLE place(
    source TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE seen(
    source TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    papers BLOB NOT NULL
);
INSERT INTO card VALUES (0, 0, 0, '[]', '', '', 0, 0);
