/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cage.h"

#include <guichet/base/intl.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Later than the headers this may be built with. */
#define TRUNCATE (1ull << 14)           /* version 3 */
#define IOCTL_DEVICE (1ull << 15)       /* version 5 */
#define SCOPE_SIGNAL (1ull << 1)        /* version 6 */

#define READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define WRITE (READ | LANDLOCK_ACCESS_FS_WRITE_FILE | \
	LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | \
	LANDLOCK_ACCESS_FS_MAKE_SOCK | TRUNCATE)
/* All that version 1 knows, one bit each. */
#define FIRST_VERSION (LANDLOCK_ACCESS_FS_MAKE_SYM * 2 - 1)

struct ruleset { uint64_t files, network, scopes; };

/* Fonts, time zones, the number of processors, what libraries read. */
static const struct { const char *path; uint64_t access; } readable[] = {
	{ "/usr", READ }, { "/lib", READ }, { "/lib64", READ }, { "/etc", READ },
	{ "/proc", READ }, { "/sys/devices/system", READ },
	{ "/var/cache/fontconfig", READ },
	{ "/dev/urandom", LANDLOCK_ACCESS_FS_READ_FILE },
	{ "/dev/null", LANDLOCK_ACCESS_FS_READ_FILE |
		LANDLOCK_ACCESS_FS_WRITE_FILE },
	{ NULL, 0 },
};

/* A path that does not exist has nothing to allow. */
static bool allow(int ruleset, const char *path, uint64_t access)
{
	struct landlock_path_beneath_attr rule = { .allowed_access = access };
	long result;

	rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
	if (rule.parent_fd < 0)
		return true;
	result = syscall(SYS_landlock_add_rule, ruleset,
			 LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	close(rule.parent_fd);
	return result == 0;
}

static bool allow_folder_of(int ruleset, const char *path, uint64_t access)
{
	const char *slash = strrchr(path, '/');
	char folder[1100];

	if (path[0] == '\0')
		return true;
	snprintf(folder, sizeof(folder), "%.*s", slash ? (int)(slash - path) + 1 : 1,
		 slash ? path : ".");
	return allow(ruleset, folder, access);
}

int cage_files(const char *const writable[], struct err *err)
{
	struct ruleset handled = {
		.files = FIRST_VERSION | LANDLOCK_ACCESS_FS_REFER,
	};
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
			       LANDLOCK_CREATE_RULESET_VERSION);
	uint64_t write = WRITE;
	bool ok = true;
	int ruleset;

	if (version < 2)
		return 0;
	handled.files |= (version >= 3 ? TRUNCATE : 0) |
		(version >= 5 ? IOCTL_DEVICE : 0);
	handled.scopes = version >= 6 ? SCOPE_SIGNAL : 0;
	write &= handled.files;
	/* Members that the kernel does not know must be left out. */
	ruleset = (int)syscall(SYS_landlock_create_ruleset, &handled,
			       version >= 6 ? sizeof(handled) : sizeof(handled.files),
			       0);
	if (ruleset < 0)
		goto refused;
	for (size_t i = 0; readable[i].path; i++)
		ok &= allow(ruleset, readable[i].path, readable[i].access);
	for (; *writable; writable++)
		ok &= allow_folder_of(ruleset, *writable, write);
	ok = ok && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
		syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
	close(ruleset);
	if (ok)
		return (int)version;
refused:
	err_set(err, ERR_SYSTEM, _("le noyau refuse de restreindre les fichiers"));
	return -1;
}
