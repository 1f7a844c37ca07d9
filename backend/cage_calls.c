/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cage.h"

#include <guichet/base/intl.h>

#include <asm/termbits.h>
#include <asm/ioctls.h>
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#define ARCHITECTURE 0                  /* its calls were not looked at */
#endif

#define CODE_MOST 600

/* Calls that are allowed whatever their arguments: network, waiting, files below
 * what cage_files() leaves, memory, threads, time.  Not execve, bind, listen,
 * ptrace, kill, mount, nor anything of another user. */
static const int calls[] = {
	SYS_recvfrom, SYS_sendto, SYS_sendmsg, SYS_recvmsg, SYS_epoll_pwait,
	SYS_futex, SYS_read, SYS_write, SYS_pread64, SYS_pwrite64, SYS_fcntl,
	SYS_fdatasync, SYS_fsync, SYS_close, SYS_accept4, SYS_epoll_ctl,
	SYS_setsockopt, SYS_getsockopt, SYS_shutdown, SYS_connect,
	SYS_socketpair, SYS_sendmmsg,
	SYS_getsockname, SYS_getpeername, SYS_readv, SYS_writev, SYS_sendfile,
	SYS_epoll_create1, SYS_eventfd2, SYS_pipe2, SYS_dup, SYS_dup3, SYS_ppoll,
	SYS_pselect6, SYS_openat, SYS_lseek, SYS_fstat, SYS_newfstatat, SYS_statx,
	SYS_fstatfs, SYS_statfs, SYS_ftruncate, SYS_fallocate, SYS_unlinkat,
	SYS_renameat2, SYS_mkdirat, SYS_faccessat, SYS_faccessat2, SYS_readlinkat,
	SYS_getdents64, SYS_fadvise64, SYS_getcwd, SYS_fchmod, SYS_fchown,
	SYS_flock, SYS_utimensat,
	SYS_munmap, SYS_mremap, SYS_brk, SYS_madvise, SYS_mlock, SYS_munlock,
	SYS_exit, SYS_exit_group, SYS_set_robust_list, SYS_rseq, SYS_sched_yield,
	SYS_sched_getaffinity, SYS_gettid, SYS_getpid, SYS_tgkill,
	SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_sigaltstack,
	SYS_restart_syscall, SYS_clock_gettime, SYS_clock_getres,
	SYS_clock_nanosleep, SYS_nanosleep, SYS_gettimeofday, SYS_getrandom,
	SYS_uname, SYS_sysinfo, SYS_prlimit64, SYS_getrusage, SYS_getuid,
	SYS_geteuid, SYS_getgid, SYS_getegid, SYS_membarrier, SYS_wait4,
#ifdef __x86_64__
	SYS_epoll_wait, SYS_poll, SYS_select, SYS_open, SYS_stat, SYS_lstat,
	SYS_unlink, SYS_rename, SYS_mkdir, SYS_access, SYS_readlink, SYS_chmod,
	SYS_getrlimit, SYS_time, SYS_accept,
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
	/* The search for leaks stops the other threads from a process of its own. */
	SYS_ptrace, SYS_kill, SYS_clone, SYS_mmap, SYS_mprotect,
	SYS_prctl, SYS_getppid, SYS_process_vm_readv,
#ifdef __x86_64__
	SYS_getdents,
#endif
#endif
};

/* Calls that are allowed when the low half of an argument, masked, is one of some
 * values. */
static const struct argument_rule {
	int call, argument;
	uint32_t mask, values[4];
	int value_count;
} argument_rules[] = {
	{ SYS_mmap, 2, PROT_EXEC, { 0 }, 1 },
	{ SYS_mprotect, 2, PROT_EXEC, { 0 }, 1 },
	{ SYS_clone, 0, CLONE_THREAD, { CLONE_THREAD }, 1 },
	{ SYS_socket, 0, UINT32_MAX, { AF_UNIX, AF_INET, AF_INET6 }, 3 },
	{ SYS_ioctl, 1, UINT32_MAX, { FIONREAD, FIONBIO, TCGETS }, 3 },
	{ SYS_prctl, 0, UINT32_MAX, { PR_SET_NAME }, 1 },
};

struct code {
	struct sock_filter steps[CODE_MOST];
	unsigned short size;
};

static void add(struct code *code, uint16_t what, uint32_t value, int if_true,
		int if_false)
{
	code->steps[code->size++] = (struct sock_filter){
		.code = what, .k = value, .jt = (uint8_t)if_true,
		.jf = (uint8_t)if_false,
	};
}

static void load(struct code *code, size_t offset)
{
	add(code, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

static void end(struct code *code, uint32_t verdict)
{
	add(code, BPF_RET | BPF_K, verdict, 0, 0);
}

/* The next `skipped` steps are for `call` alone. */
static void when(struct code *code, int call, int skipped)
{
	add(code, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, skipped);
}

static void add_rule(struct code *code, const struct argument_rule *rule)
{
	int count = rule->value_count;

	when(code, rule->call, count + 4);
	load(code, offsetof(struct seccomp_data, args) + 8 * (size_t)rule->argument);
	add(code, BPF_ALU | BPF_AND | BPF_K, rule->mask, 0, 0);
	for (int i = 0; i < count; i++)
		add(code, BPF_JMP | BPF_JEQ | BPF_K, rule->values[i], count - i, 0);
	end(code, SECCOMP_RET_ERRNO | EPERM);
	end(code, SECCOMP_RET_ALLOW);
}

static void write_code(struct code *code)
{
	load(code, offsetof(struct seccomp_data, arch));
	add(code, BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
	end(code, SECCOMP_RET_KILL_PROCESS);
	load(code, offsetof(struct seccomp_data, nr));
	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++) {
		when(code, calls[i], 1);
		end(code, SECCOMP_RET_ALLOW);
	}
	/* The C library then takes clone(), whose flags can be seen. */
	when(code, SYS_clone3, 1);
	end(code, SECCOMP_RET_ERRNO | ENOSYS);
	for (size_t i = 0; i < sizeof(argument_rules) / sizeof(*argument_rules); i++)
		add_rule(code, &argument_rules[i]);
	end(code, SECCOMP_RET_ERRNO | EPERM);
}
_Static_assert(sizeof(calls) / sizeof(*calls) * 2 +
	       sizeof(argument_rules) / sizeof(*argument_rules) * 9 + 8 < CODE_MOST,
	       "the filter must have room");

int cage_calls(struct err *err)
{
	struct code code = { .size = 0 };
	struct sock_fprog program = { .filter = code.steps };
	uint32_t refused = SECCOMP_RET_ERRNO;

	if (ARCHITECTURE == 0 || syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0,
					 &refused) != 0)
		return 0;
	write_code(&code);
	program.len = code.size;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	    syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
		    SECCOMP_FILTER_FLAG_TSYNC, &program) == 0)
		return 1;
	err_set(err, ERR_SYSTEM, _("le noyau refuse de restreindre les appels"));
	return -1;
}
