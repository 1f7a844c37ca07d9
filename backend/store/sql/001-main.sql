-- SPDX-License-Identifier: GPL-3.0-or-later
-- The schema of the main job, in the subset that SQLite, PostgreSQL and the
-- PostgreSQL-compatible distributed engines share: no serial, no trigger, no
-- stored procedure, caisse first in every key, identifiers made by the program
-- (63 bits, growing with time), days as yyyymmdd or days since 1970 where said,
-- moments in milliseconds UTC, money in cents, truth as 0 or 1.
-- "clustered" asks an engine that can for rows stored in key order.

CREATE TABLE setting (
	name TEXT NOT NULL PRIMARY KEY,
	value TEXT NOT NULL
);

CREATE TABLE caisse (
	code BIGINT NOT NULL PRIMARY KEY,       -- 1381 is 01381
	name TEXT NOT NULL,
	department TEXT NOT NULL
);

CREATE TABLE agent (
	caisse BIGINT NOT NULL,
	id BIGINT NOT NULL,
	login TEXT NOT NULL,
	display_name TEXT NOT NULL,
	role SMALLINT NOT NULL,                 -- enum role
	office_id BIGINT NOT NULL,
	password TEXT NOT NULL,                 -- argon2id, encoded form
	locked SMALLINT NOT NULL DEFAULT 0,     -- by guichetd user lock
	PRIMARY KEY (caisse, id)
);
CREATE UNIQUE INDEX agent_login ON agent (login);

-- Passwords refused in a row, for a login that exists as for one that does not:
-- the answer must not tell which.
CREATE TABLE sign_in (
	who BYTEA NOT NULL PRIMARY KEY,         -- SHA-256 of the login
	failures SMALLINT NOT NULL,
	tried_at BIGINT NOT NULL,               -- moment
	retry_at BIGINT NOT NULL                -- no sign-in before it
);

CREATE TABLE session (
	token BYTEA NOT NULL PRIMARY KEY,       -- SHA-256 of the token
	caisse BIGINT NOT NULL,
	agent_id BIGINT NOT NULL,
	office_id BIGINT NOT NULL,
	channel SMALLINT NOT NULL,
	desk TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	seen_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL
);

-- One row a person, the insured as well as those covered through them.
CREATE TABLE person (
	caisse BIGINT NOT NULL,
	id BIGINT NOT NULL,
	file_id BIGINT NOT NULL,                -- id of the insured person
	kinship SMALLINT NOT NULL,              -- enum kinship
	both_parents SMALLINT NOT NULL DEFAULT 0,
	sex SMALLINT NOT NULL,
	birth BIGINT NOT NULL,                  -- yyyymmdd, mm and dd may be 00
	birth_rank SMALLINT NOT NULL DEFAULT 1,
	nir TEXT NOT NULL,                      -- 13 characters
	name TEXT NOT NULL,                     -- birth name as written
	used_name TEXT NOT NULL,                -- or ""
	first_names TEXT NOT NULL,
	birth_place TEXT NOT NULL,
	vitale_serial TEXT NOT NULL DEFAULT '', -- of the card in force
	version BIGINT NOT NULL DEFAULT 1,
	PRIMARY KEY (caisse, id)
) /* clustered */;
CREATE INDEX person_file ON person (caisse, file_id, kinship, id);

-- What a file holds beside its persons; id is that of the insured person.
CREATE TABLE file (
	caisse BIGINT NOT NULL,
	id BIGINT NOT NULL,
	centre TEXT NOT NULL,
	address1 TEXT NOT NULL,
	address2 TEXT NOT NULL,
	postcode TEXT NOT NULL,
	city TEXT NOT NULL,
	phone TEXT NOT NULL,
	email TEXT NOT NULL,
	iban TEXT NOT NULL,
	account SMALLINT NOT NULL,
	c2s SMALLINT NOT NULL,                  -- enum c2s
	rights_from BIGINT NOT NULL,            -- yyyymmdd
	rights_until BIGINT NOT NULL,           -- yyyymmdd, 0: no end known
	message TEXT NOT NULL,
	version BIGINT NOT NULL DEFAULT 1,
	PRIMARY KEY (caisse, id)
) /* clustered */;

-- Keys under which a person is looked for.  A person has one row for the birth
-- name and one for the used name.
CREATE TABLE name_key (
	caisse BIGINT NOT NULL,
	surname TEXT NOT NULL,                  -- fold_glued()
	given TEXT NOT NULL,                    -- fold_glued() of all first names
	person_id BIGINT NOT NULL,
	birth BIGINT NOT NULL,                  -- person.birth: "martin 1985" reads no person
	PRIMARY KEY (caisse, surname, given, person_id)
) /* clustered */;
CREATE TABLE sound_key (
	caisse BIGINT NOT NULL,
	sound TEXT NOT NULL,                    -- fold_phonetic() of the surname
	given TEXT NOT NULL,
	person_id BIGINT NOT NULL,
	birth BIGINT NOT NULL,                  -- person.birth
	PRIMARY KEY (caisse, sound, given, person_id)
) /* clustered */;
CREATE TABLE nir_key (
	caisse BIGINT NOT NULL,
	nir TEXT NOT NULL,
	person_id BIGINT NOT NULL,
	old SMALLINT NOT NULL,                  -- 1: replaced by another number
	PRIMARY KEY (caisse, nir, person_id)
) /* clustered */;
CREATE TABLE birth_key (
	caisse BIGINT NOT NULL,
	birth BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	PRIMARY KEY (caisse, birth, person_id)
) /* clustered */;
CREATE TABLE reach_key (
	caisse BIGINT NOT NULL,
	value TEXT NOT NULL,                    -- digits of a phone, e-mail in lower case
	person_id BIGINT NOT NULL,
	PRIMARY KEY (caisse, value, person_id)
) /* clustered */;

CREATE TABLE entitlement (
	caisse BIGINT NOT NULL,
	file_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	kind SMALLINT NOT NULL,                 -- enum right_kind
	label TEXT NOT NULL,
	from_day BIGINT NOT NULL,               -- yyyymmdd
	to_day BIGINT NOT NULL,                 -- yyyymmdd, 0: open
	organism TEXT NOT NULL,
	number TEXT NOT NULL,
	noemie SMALLINT NOT NULL,
	rate_pct SMALLINT NOT NULL,             -- 0: none
	PRIMARY KEY (caisse, file_id, id)
) /* clustered */;

-- Dated parameters: never an amount, a rate or a duration of law in the code.
CREATE TABLE act (
	id BIGINT NOT NULL,                     -- what payment lines refer to
	code TEXT NOT NULL,
	label TEXT NOT NULL,
	family SMALLINT NOT NULL,               -- enum payment_kind it leads to
	base_cts BIGINT NOT NULL,
	rate_pct SMALLINT NOT NULL,
	withheld SMALLINT NOT NULL,             -- enum withheld_kind
	from_day BIGINT NOT NULL,
	to_day BIGINT NOT NULL,                 -- 0: still
	source TEXT NOT NULL,
	PRIMARY KEY (id)
);
CREATE TABLE withholding (
	kind TEXT NOT NULL,                     -- "PF", "FR-BOX", "FR-ACT", "FR-TRANSPORT"
	from_day BIGINT NOT NULL,
	amount_cts BIGINT NOT NULL,
	day_cap_cts BIGINT NOT NULL,            -- 0: none
	year_cap_cts BIGINT NOT NULL,
	source TEXT NOT NULL,
	PRIMARY KEY (kind, from_day)
);
CREATE TABLE rule (
	name TEXT NOT NULL,                     -- "ehic.months", "hold.minutes"...
	from_day BIGINT NOT NULL,
	value BIGINT NOT NULL,
	source TEXT NOT NULL,
	PRIMARY KEY (name, from_day)
);

CREATE TABLE professional (
	caisse BIGINT NOT NULL,
	id BIGINT NOT NULL,                     -- small number
	name TEXT NOT NULL,
	specialty TEXT NOT NULL,
	city TEXT NOT NULL,
	PRIMARY KEY (caisse, id)
);

-- The lines of a payment are always read and written whole: they are one packed
-- column (backend/payline.h).  id grows with the day of payment, so the key
-- order is the order of the screen.
CREATE TABLE payment (
	caisse BIGINT NOT NULL,
	file_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	paid_day BIGINT NOT NULL,               -- yyyymmdd
	kind SMALLINT NOT NULL,
	state SMALLINT NOT NULL,
	reason SMALLINT NOT NULL DEFAULT 0,     -- of a rejection, see payment_words.c
	payee SMALLINT NOT NULL,
	professional_id BIGINT NOT NULL,        -- 0: none
	act_id BIGINT NOT NULL,                 -- of the first line: the label
	amount_cts BIGINT NOT NULL,
	withheld_cts BIGINT NOT NULL,
	noemie SMALLINT NOT NULL,
	lines BYTEA NOT NULL,
	PRIMARY KEY (caisse, file_id, id)
) /* clustered */;

CREATE TABLE office (
	caisse BIGINT NOT NULL,
	id BIGINT NOT NULL,
	name TEXT NOT NULL,
	address TEXT NOT NULL,
	postcode TEXT NOT NULL,
	city TEXT NOT NULL,
	phone TEXT NOT NULL,
	desks SMALLINT NOT NULL,
	good_friday SMALLINT NOT NULL DEFAULT 0, -- closed on it (67, 68, 57)
	east_m BIGINT NOT NULL,                 -- position on a plane, metres
	north_m BIGINT NOT NULL,
	PRIMARY KEY (caisse, id)
);
CREATE TABLE postcode (
	postcode TEXT NOT NULL PRIMARY KEY,
	east_m BIGINT NOT NULL,
	north_m BIGINT NOT NULL
);
-- When an office receives by appointment.
CREATE TABLE opening (
	caisse BIGINT NOT NULL,
	office_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	desk SMALLINT NOT NULL,                 -- 0: every desk
	rule SMALLINT NOT NULL,                 -- 0 weekly, 1 every n weeks, 2 nth weekday
						-- of the month, 3 single date
	weekday SMALLINT NOT NULL,              -- 1..7
	n SMALLINT NOT NULL,
	day BIGINT NOT NULL,                    -- days since 1970: anchor or single date
	open_minute SMALLINT NOT NULL,
	close_minute SMALLINT NOT NULL,
	PRIMARY KEY (caisse, office_id, id)
);
CREATE TABLE absence (
	caisse BIGINT NOT NULL,
	office_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	desk SMALLINT NOT NULL,                 -- 0: the whole office
	starts_at BIGINT NOT NULL,
	ends_at BIGINT NOT NULL,
	label TEXT NOT NULL,
	PRIMARY KEY (caisse, office_id, id)
);
CREATE TABLE reason (
	caisse BIGINT NOT NULL,
	code TEXT NOT NULL,
	position SMALLINT NOT NULL,
	label TEXT NOT NULL,
	minutes SMALLINT NOT NULL,
	channels BIGINT NOT NULL,
	roles BIGINT NOT NULL,
	pieces TEXT NOT NULL,
	PRIMARY KEY (caisse, code)
);

-- Five minutes of one desk.  The key is what makes two agents never get one slot.
CREATE TABLE cell (
	caisse BIGINT NOT NULL,
	office_id BIGINT NOT NULL,
	desk SMALLINT NOT NULL,
	cell BIGINT NOT NULL,                   -- moment / 300000
	hold_id BIGINT NOT NULL,                -- 0 when an appointment has it
	appointment_id BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,             -- of a hold; 0: never
	PRIMARY KEY (caisse, office_id, desk, cell)
) /* clustered */;
CREATE TABLE hold (
	caisse BIGINT NOT NULL,
	id BIGINT NOT NULL,
	agent_id BIGINT NOT NULL,
	file_id BIGINT NOT NULL,
	office_id BIGINT NOT NULL,
	desk SMALLINT NOT NULL,
	reason TEXT NOT NULL,
	starts_at BIGINT NOT NULL,
	ends_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	PRIMARY KEY (caisse, id)
);
CREATE TABLE appointment (
	caisse BIGINT NOT NULL,
	id BIGINT NOT NULL,
	number TEXT NOT NULL,
	file_id BIGINT NOT NULL,
	office_id BIGINT NOT NULL,
	desk SMALLINT NOT NULL,
	reason TEXT NOT NULL,
	channel SMALLINT NOT NULL,
	starts_at BIGINT NOT NULL,
	ends_at BIGINT NOT NULL,
	state SMALLINT NOT NULL,
	cancelled_by SMALLINT NOT NULL,         -- -1: not cancelled
	cancel_reason TEXT NOT NULL,
	arrived_at BIGINT NOT NULL,
	phone TEXT NOT NULL,
	note TEXT NOT NULL,
	moved_to TEXT NOT NULL,
	agent_id BIGINT NOT NULL,
	version BIGINT NOT NULL DEFAULT 1,
	PRIMARY KEY (caisse, id)
);
CREATE UNIQUE INDEX appointment_number ON appointment (caisse, number);
CREATE INDEX appointment_file ON appointment (caisse, file_id, starts_at);
CREATE INDEX appointment_day ON appointment (caisse, office_id, starts_at);

-- The last number given of each kind and year: "CEAM", 26.
CREATE TABLE numbering (
	caisse BIGINT NOT NULL,
	kind TEXT NOT NULL,
	year SMALLINT NOT NULL,
	last BIGINT NOT NULL,
	PRIMARY KEY (caisse, kind, year)
);

CREATE TABLE request (
	caisse BIGINT NOT NULL,
	id BIGINT NOT NULL,
	number TEXT NOT NULL,
	kind SMALLINT NOT NULL,
	state SMALLINT NOT NULL,
	file_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	agent_id BIGINT NOT NULL,               -- who lodged it; 0: the insured, online
	lodged_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	expected_day BIGINT NOT NULL,           -- yyyymmdd or 0
	missing SMALLINT NOT NULL,              -- 1 photo, 2 identity document
	card_id BIGINT NOT NULL,                -- 0: none
	version BIGINT NOT NULL DEFAULT 1,
	PRIMARY KEY (caisse, id)
);
CREATE UNIQUE INDEX request_number ON request (caisse, number);
CREATE INDEX request_file ON request (caisse, file_id, id);
CREATE INDEX request_follow ON request (caisse, agent_id, state, id);
CREATE TABLE request_step (
	caisse BIGINT NOT NULL,
	request_id BIGINT NOT NULL,
	step SMALLINT NOT NULL,                 -- 1, 2, 3...
	at BIGINT NOT NULL,
	state SMALLINT NOT NULL,
	actor TEXT NOT NULL,
	note TEXT NOT NULL,
	PRIMARY KEY (caisse, request_id, step)
) /* clustered */;
CREATE TABLE attachment (
	caisse BIGINT NOT NULL,
	request_id BIGINT NOT NULL,
	name TEXT NOT NULL,
	type TEXT NOT NULL,
	size BIGINT NOT NULL,
	sha256 TEXT NOT NULL,
	received_at BIGINT NOT NULL,
	content BYTEA NOT NULL,
	PRIMARY KEY (caisse, request_id, name)
);
-- At most one open order of a kind for a person, by key.
CREATE TABLE open_order (
	caisse BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	kind SMALLINT NOT NULL,                 -- enum card_kind
	request_id BIGINT NOT NULL,
	PRIMARY KEY (caisse, person_id, kind)
) /* clustered */;
CREATE TABLE card (
	caisse BIGINT NOT NULL,
	id BIGINT NOT NULL,
	kind SMALLINT NOT NULL,
	state SMALLINT NOT NULL,
	file_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	serial TEXT NOT NULL,
	ordered_day BIGINT NOT NULL,            -- yyyymmdd or 0, as the next two
	from_day BIGINT NOT NULL,
	to_day BIGINT NOT NULL,
	request_id BIGINT NOT NULL,
	version BIGINT NOT NULL DEFAULT 1,
	PRIMARY KEY (caisse, id)
);
CREATE INDEX card_file ON card (caisse, file_id, id);

CREATE TABLE contact (
	caisse BIGINT NOT NULL,
	id BIGINT NOT NULL,
	file_id BIGINT NOT NULL,
	agent_id BIGINT NOT NULL,
	office_id BIGINT NOT NULL,
	channel SMALLINT NOT NULL,
	reason SMALLINT NOT NULL,               -- -1: not said yet
	reference TEXT NOT NULL,
	tier SMALLINT NOT NULL,
	proof SMALLINT NOT NULL,                -- -1: none
	document SMALLINT NOT NULL,             -- -1: none
	tries SMALLINT NOT NULL,                -- failed proofs, 4 bits a kind
	outcome SMALLINT NOT NULL,              -- -1: still open
	advised SMALLINT NOT NULL,
	note TEXT NOT NULL,
	opened_at BIGINT NOT NULL,
	closed_at BIGINT NOT NULL,
	version BIGINT NOT NULL DEFAULT 1,
	PRIMARY KEY (caisse, id)
);
CREATE INDEX contact_file ON contact (caisse, file_id, id);

CREATE TABLE idempotency (
	caisse BIGINT NOT NULL,
	agent_id BIGINT NOT NULL,
	method TEXT NOT NULL,
	path TEXT NOT NULL,
	key TEXT NOT NULL,
	fingerprint BYTEA NOT NULL,             -- SHA-256 of the body
	status SMALLINT NOT NULL,
	etag TEXT NOT NULL,
	location TEXT NOT NULL,
	body TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	PRIMARY KEY (caisse, agent_id, key, method, path)
) /* clustered */;
CREATE INDEX idempotency_age ON idempotency (created_at);

-- Append-only.  hash is SHA-256 of the previous hash and of every other column.
CREATE TABLE audit (
	caisse BIGINT NOT NULL,
	seq BIGINT NOT NULL,                    -- 1, 2, 3... no gap
	at BIGINT NOT NULL,
	agent_id BIGINT NOT NULL,
	office_id BIGINT NOT NULL,
	contact_id BIGINT NOT NULL,             -- 0: outside a contact
	operation TEXT NOT NULL,                -- "payment.list"
	file_id BIGINT NOT NULL,                -- 0: no file
	object TEXT NOT NULL,                   -- identifier or number, never a value
	status SMALLINT NOT NULL,
	trace TEXT NOT NULL,
	hash BYTEA NOT NULL,
	PRIMARY KEY (caisse, seq)
) /* clustered */;
CREATE INDEX audit_file ON audit (caisse, file_id, seq);
