-- SPDX-License-Identifier: GPL-3.0-or-later
-- Sessions bound to a workstation; those open before have none: they end.
DELETE FROM session;
ALTER TABLE session ADD COLUMN station BYTEA NOT NULL DEFAULT '';
