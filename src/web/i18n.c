// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/i18n.h"

static bool message_find(Str key, Str *ret_text)
{
	for (size_t lo = 0, hi = MESSAGES_N; lo < hi;) {
		size_t mid = lo + (hi - lo) / 2;
		int order = str_cmp(key, MESSAGES[mid].key);
		if (order == 0) {
			*ret_text = MESSAGES[mid].text;
			return true;
		}
		if (order < 0) hi = mid;
		else lo = mid + 1;
	}
	return false;
}

Str message_get(Str key)
{
	Str text = key;
	message_find(key, &text);
	return text;
}

Str message_get_z(const char *key) { return key ? message_get(str_from(key)) : S(""); }

Str message_get_n(Arena *a, Str key, int64_t n)
{
	Str text = key;
	Str one = STR_CAT(a, key, S("[one]")), other = STR_CAT(a, key, S("[other]"));
	if ((n != 1 || !message_find(one, &text)) && !message_find(other, &text)) message_find(key, &text);
	return text;
}

static bool arg_find(Str name, size_t n, const MessageArg *args, Str *ret_value)
{
	for (size_t i = 0; i < n; i++) {
		if (!str_eq(args[i].name, name)) continue;
		*ret_value = args[i].value;
		return true;
	}
	return false;
}

void message_fill(Buf *b, Str message, size_t args_n, const MessageArg *args)
{
	while (message.n) {
		size_t open, close;
		Str value;
		if (!str_find_char(message, '{', &open) || !str_find_char(str_sub(message, open, message.n), '}', &close))
			break;
		close += open;
		if (!arg_find(str_sub(message, open + 1, close), args_n, args, &value))
			value = str_sub(message, open, close + 1);
		buf_str(b, str_sub(message, 0, open));
		buf_str(b, value);
		message = str_sub(message, close + 1, message.n);
	}
	buf_str(b, message);
}
