-- SPDX-License-Identifier: GPL-3.0-or-later
-- The trace of each caisse is cut in days (UTC).  A day begins with the hash that
-- ended the one before it, so old days may go and the rest still verifies from
-- the hash that is kept here.

CREATE TABLE audit_day (
	caisse BIGINT NOT NULL,
	day BIGINT NOT NULL,                    -- days since 1970, always growing
	last_seq BIGINT NOT NULL,               -- 0: the day goes on
	head BYTEA NOT NULL,                    -- audit.hash of that row
	purged SMALLINT NOT NULL,               -- its rows are gone
	PRIMARY KEY (caisse, day)
) /* clustered */;

-- Up to where the daemon has verified each chain.
CREATE TABLE audit_check (
	caisse BIGINT NOT NULL PRIMARY KEY,
	seq BIGINT NOT NULL,
	hash BYTEA NOT NULL,
	checked_at BIGINT NOT NULL
);

-- Rows written so far: a clock set back opens no day before the one going on.
INSERT INTO audit_day (caisse, day, last_seq, head, purged)
SELECT e.caisse, e.day, a.seq, a.hash, 0 FROM (
	SELECT caisse, day, max(seq) AS seq FROM (
		SELECT caisse, seq, max(at / 86400000) OVER
			(PARTITION BY caisse ORDER BY seq) AS day FROM audit
	) AS d GROUP BY caisse, day
) AS e JOIN audit a ON a.caisse = e.caisse AND a.seq = e.seq;
UPDATE audit_day SET last_seq = 0, head = CAST('' AS BYTEA) WHERE day =
	(SELECT max(d.day) FROM audit_day d WHERE d.caisse = audit_day.caisse);
