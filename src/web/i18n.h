// SPDX-License-Identifier: AGPL-3.0-or-later
// Messages for people, looked up by key at run time: form errors, status pages, mail. Templates do not come here: their
// {{ t "key" }} is compiled into literals (tools/tmplc). The source of both is the catalogues, src/**/messages.en.txt,
// lines of `key = text with {name} places`; tmplc --messages makes the sorted table.
//
//   Str why = MESSAGE(error->key);          // "Give the topic a title."
//   message_fill(&buf, MESSAGE("mail.greeting"), 1, (MessageArg[]){{S("name"), handle}});
// A key that is not in the table comes back itself: visible on the page, and a test over all field errors finds it.
// A further language adds a table of its own, chosen by an argument here; English is the first and the fallback.
#pragma once
#include "base/buf.h"

typedef struct Message {
	Str key, text; // a plural form's key is "key[one]", "key[other]"
} Message;
extern const Message MESSAGES[]; // generated, sorted bytewise by key
extern const size_t MESSAGES_N;

typedef struct MessageArg {
	Str name, value;
} MessageArg;

Str message_get(Str key);
Str message_get_z(const char *key);              // NULL gives ""
Str message_get_n(Arena *a, Str key, int64_t n); // the plural form that fits n
// Writes the message with its {name} places replaced; a place without an argument stays as it is. Not escaped.
void message_fill(Buf *b, Str message, size_t args_n, const MessageArg *args);
#define MESSAGE(key) _Generic((key), Str : message_get, char * : message_get_z, const char * : message_get_z)(key)
