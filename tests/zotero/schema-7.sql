CREATE TABLE deletedCollections (collectionID INTEGER PRIMARY KEY, dateDeleted DEFAULT CURRENT_TIMESTAMP NOT NULL);
CREATE TABLE deletedSearches (savedSearchID INTEGER PRIMARY KEY, dateDeleted DEFAULT CURRENT_TIMESTAMP NOT NULL);
ALTER TABLE itemAttachments ADD COLUMN lastProcessedModificationTime INT;
ALTER TABLE itemAttachments ADD COLUMN lastRead INT;
INSERT INTO itemTypes (itemTypeID, typeName) VALUES (40, 'dataset'), (41, 'standard');
INSERT INTO fields (fieldID, fieldName) VALUES (130, 'citationKey');
