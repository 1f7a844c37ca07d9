-- SPDX-License-Identifier: GPL-3.0-or-later
-- The second factor of the agents who have one (RFC 6238).  The secret is here and
-- on the agent's telephone, nowhere else.
CREATE TABLE totp (
	caisse BIGINT NOT NULL,
	agent_id BIGINT NOT NULL,
	secret BYTEA NOT NULL,
	last_step BIGINT NOT NULL,              -- of the last code taken: none is taken twice
	PRIMARY KEY (caisse, agent_id)
);
