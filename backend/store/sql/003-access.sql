-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who may open which file, why, and who looks at it afterwards.

-- The agent's own NIR, or "": their own file is closed to them.
ALTER TABLE agent ADD COLUMN nir TEXT NOT NULL DEFAULT '';
-- 1: closed to whoever a supervisor did not let in.
ALTER TABLE file ADD COLUMN sensitive SMALLINT NOT NULL DEFAULT 0;
-- When the password was given again; it serves once.
ALTER TABLE session ADD COLUMN confirmed_at BIGINT NOT NULL DEFAULT 0;

ALTER TABLE contact ADD COLUMN motive SMALLINT NOT NULL DEFAULT 0; -- enum motive
ALTER TABLE contact ADD COLUMN file_caisse BIGINT NOT NULL DEFAULT 0; -- 0: caisse
ALTER TABLE contact ADD COLUMN review_id BIGINT NOT NULL DEFAULT 0; -- that lets in
ALTER TABLE contact ADD COLUMN until BIGINT NOT NULL DEFAULT 0; -- moment, 0: no end
CREATE INDEX contact_agent ON contact (caisse, agent_id, opened_at);

-- An access out of the ordinary: while it runs (until) it lets the agent in, and
-- it waits for a supervisor who is neither the agent nor who opened it.
CREATE TABLE review (
	caisse BIGINT NOT NULL,                 -- of the agent
	id BIGINT NOT NULL,
	kind SMALLINT NOT NULL,                 -- enum review_kind
	state SMALLINT NOT NULL,                -- enum review_state
	agent_id BIGINT NOT NULL,
	opened_by BIGINT NOT NULL,              -- a supervisor, or 0
	file_caisse BIGINT NOT NULL,            -- 0: no file
	file_id BIGINT NOT NULL,
	reason SMALLINT NOT NULL,               -- enum access_reason, -1: none
	reference TEXT NOT NULL,
	files BIGINT NOT NULL,                  -- counted, volumes
	minutes BIGINT NOT NULL,                -- in how long; 0: the day
	opened_at BIGINT NOT NULL,
	until BIGINT NOT NULL,
	decided_by BIGINT NOT NULL DEFAULT 0,
	finding SMALLINT NOT NULL DEFAULT -1,
	decided_at BIGINT NOT NULL DEFAULT 0,
	PRIMARY KEY (caisse, id),
	CHECK (decided_by = 0 OR
	       (decided_by <> agent_id AND decided_by <> opened_by)),
	CHECK ((state = 0) = (decided_by = 0))
);
CREATE INDEX review_agent ON review (caisse, agent_id, opened_at);
CREATE INDEX review_state ON review (caisse, state, opened_at, id);

-- The trace is read by time and by agent; by file it is already.
CREATE INDEX audit_time ON audit (caisse, at, seq);
CREATE INDEX audit_agent ON audit (caisse, agent_id, at, seq);

-- A caisse changes these by adding dated rows.
INSERT INTO rule (name, from_day, value, source) VALUES
	('access.confirm_s', 20200101, 120, 'practice: the password given again serves once'),
	('access.minutes', 20200101, 30, 'practice: an access out of the ordinary ends by itself'),
	('access.tries', 20200101, 5, 'practice: break-glass asked in ten minutes'),
	('volume.day', 20200101, 120, 'four times the contacts of a usual day'),
	('volume.burst', 20200101, 30, 'no desk serves as many in ten minutes'),
	('volume.burst_min', 20200101, 10, 'length of a burst, in minutes'),
	('volume.stop', 20200101, 300, 'ten times the contacts of a usual day'),
	('reveal.seconds', 20200101, 10, 'practice: long enough to copy a number');
