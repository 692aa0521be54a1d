// SPDX-License-Identifier: AGPL-3.0-or-later
// TOML as a tree of plain C, read by toml++ behind one C++ file (toml.cc): no exceptions, no iostreams, no globals.
// Whose memory: all of it comes from `alloc` (an arena's), which may return NULL, and the tree then is TOML_NO_MEMORY.
// Keys and texts are NUL-terminated too, valid UTF-8, and may hold a NUL of their own: trust the lengths. Members of a
// table stand in the order of the file.
//
//   TomlNode *root;
//   TomlFault fault = {0};
//   if (!toml_read(text, n, alloc, arena, &root, &fault)) …  // fault.line, fault.reason
//
// Refuses: nesting deeper than 16, and what TOML 1.0 refuses. Dates come as text ("2026-12-01T…" as it was understood).
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum TomlType {
	TOML_IS_TABLE,
	TOML_IS_ARRAY,
	TOML_IS_TEXT,
	TOML_IS_INT,
	TOML_IS_FLOAT,
	TOML_IS_BOOL,
	TOML_IS_DATE,
	TOML_IS_TIME // a date with a time, or a time alone: nothing here wants one
} TomlType;

typedef struct TomlNode {
	TomlType type;
	int line;        // where the value begins
	int key_line;    // of its key; 0 for an element of an array
	const char *key; // NULL for an element of an array
	size_t key_n;
	const char *text; // TOML_IS_TEXT, TOML_IS_DATE as YYYY-MM-DD
	size_t text_n;
	int64_t integer; // TOML_IS_INT, TOML_IS_BOOL
	double real;     // TOML_IS_FLOAT
	struct TomlNode *first, *next;
} TomlNode;

typedef struct TomlFault {
	int line; // 0: no memory
	char reason[240];
} TomlFault;

typedef void *TomlAlloc(void *self, size_t bytes); // zeroed, aligned for a TomlNode
bool toml_read(const char *text, size_t n, TomlAlloc *alloc, void *self, TomlNode **ret_root, TomlFault *ret_fault);

#ifdef __cplusplus
}
#endif
