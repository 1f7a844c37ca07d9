/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be set, in one table: command line, files, environment, manual. */
#ifndef GUICHET_SCREENS_CONFIG_H
#define GUICHET_SCREENS_CONFIG_H

#include <guichet/base/option.h>
#include <stdbool.h>

struct config {
	char server[256];
	char ca_file[512], crl_file[512], cert_file[512], key_file[512], pins[128];
	int timeout_s, connect_timeout_s;
	char user[64], office[64], desk[16], federation[64];
	int channel;                    /* enum channel */
	char keys[512], lang[8], open[128];
	int theme;                      /* enum ui_theme */
	bool no_color, ascii, accessible, discreet, mouse, copy;
	int idle_lock_s;
	bool demo;
	int demo_insured;
	char demo_db[512], guichetd[512];
	char clock[40];
	char check_keys[512];
	bool print_config, print_man, print_keys_man, help, version;
};

extern const struct option_def config_options[];

/* Read defaults, /etc/guichet/guichet.conf, the agent's file, the environment and
 * the command line, in this order.  Errors: ERR_INVALID (exit 64 for the command
 * line, 78 for a file: *exit_code). */
bool config_load(struct config *config, struct option_state *states, int argc,
		 char **argv, int *exit_code, struct err *err);

/* How many rows config_options has. */
size_t config_count(void);

/* The folder of drafts ($XDG_STATE_HOME/guichet), or "" without a home. */
void config_state_folder(char *out, size_t out_size);

#endif
