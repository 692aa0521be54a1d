// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/url.h"

#include <string.h>

static const char HEX[] = "0123456789ABCDEF";

static bool is_scheme_char(char c, bool first)
{
	if ((c | 32) >= 'a' && (c | 32) <= 'z') return true;
	return !first && ((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.');
}

static Str trim(Str s)
{
	while (s.n && (unsigned char)s.p[0] <= ' ') s = (Str){s.p + 1, s.n - 1};
	while (s.n && (unsigned char)s.p[s.n - 1] <= ' ') s.n--;
	return s;
}

// White space dropped or encoded, characters that end attributes or change meaning encoded. false: control character.
static bool normalize(Buf *b, Str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '\t' || c == '\n' || c == '\r') continue;
		if (c < ' ' || c == 0x7f) return false;
		if (strchr(" \"<>`\\", c)) {
			buf_char(b, '%');
			buf_char(b, HEX[c >> 4]);
			buf_char(b, HEX[c & 15]);
		} else {
			buf_char(b, (char)c);
		}
	}
	return !b->overflow && b->n > 0;
}

// Where the first of / ? # : stands; n if there is none.
static size_t first_delimiter(Str s)
{
	size_t i = 0;
	while (i < s.n && !strchr("/?#:", s.p[i])) i++;
	return i;
}

static bool has_host(Str after_scheme)
{
	if (!str_starts(after_scheme, S("//")) || after_scheme.n < 3) return false;
	return !strchr("/?#", after_scheme.p[2]);
}

// s has a scheme of n bytes.
static bool absolute_clean(Arena *a, Str s, size_t n, UrlUse use, Str *ret_url)
{
	for (size_t i = 0; i < n; i++)
		if (!is_scheme_char(s.p[i], i == 0)) return false;
	Str scheme = str_lower(a, str_sub(s, 0, n));
	Str rest = str_sub(s, n + 1, s.n);
	bool web = str_eq(scheme, S("https")) || (use == URL_LINK && str_eq(scheme, S("http")));
	bool mail = use == URL_LINK && str_eq(scheme, S("mailto")) && rest.n > 0;
	if (!(web && has_host(rest)) && !mail) return false;
	Buf b = buf_init(a, s.n, s.n);
	buf_str(&b, scheme);
	buf_char(&b, ':');
	buf_str(&b, rest);
	*ret_url = buf_view(&b);
	return true;
}

// RFC 3986 §5.2.4 over a path that begins with "/"; what follows the path is appended as it is.
static void path_write(Buf *b, Str path)
{
	size_t root = b->n;
	while (path.n) {
		size_t end = 1;
		while (end < path.n && path.p[end] != '/') end++;
		Str segment = str_sub(path, 1, end);
		bool last = end == path.n;
		path = str_sub(path, end, path.n);
		if (str_eq(segment, S("."))) {
			if (last) buf_char(b, '/');
		} else if (str_eq(segment, S(".."))) {
			while (b->n > root && b->p[--b->n] != '/') {}
			if (last) buf_char(b, '/');
		} else {
			buf_char(b, '/');
			buf_str(b, segment);
		}
	}
}

static Str before_any(Str s, const char *stops)
{
	size_t i = 0;
	while (i < s.n && !strchr(stops, s.p[i])) i++;
	return str_sub(s, 0, i);
}

// base is "scheme://authority…"; rel is not empty and neither absolute nor "//…".
static Str resolve(Arena *a, Str base, Str rel)
{
	size_t authority = str_starts(base, S("https://")) ? 8 : 7;
	size_t origin = authority + before_any(str_sub(base, authority, base.n), "/?#").n;
	Str base_path = before_any(str_sub(base, origin, base.n), "?#");
	Str rel_path = before_any(rel, "?#");
	Buf b = buf_init(a, base.n + rel.n + 2, base.n + rel.n + 2);
	if (rel.p[0] == '#') {
		buf_str(&b, before_any(base, "#"));
	} else if (rel.p[0] == '?') {
		buf_str(&b, str_sub(base, 0, origin + base_path.n));
	} else {
		buf_str(&b, str_sub(base, 0, origin));
		Buf path = buf_init(a, base.n + rel.n + 1, base.n + rel.n + 1);
		if (rel.p[0] != '/') {
			size_t dir = base_path.n;
			while (dir && base_path.p[dir - 1] != '/') dir--;
			buf_str(&path, dir ? str_sub(base_path, 0, dir) : S("/"));
		}
		buf_str(&path, rel_path);
		path_write(&b, buf_view(&path));
		rel = str_sub(rel, rel_path.n, rel.n);
	}
	buf_str(&b, rel);
	return buf_view(&b);
}

static bool relative_clean(Arena *a, Str s, Str base, UrlUse use, Str *ret_url)
{
	bool secure = !str_starts(base, S("http://"));
	bool have_base = str_starts(base, S("https://")) || !secure;
	if (str_starts(s, S("//"))) {
		if (!has_host(s) || (use == URL_IMAGE && !secure)) return false;
		*ret_url = str_format(a, "%s%.*s", secure ? "https:" : "http:", STR(s));
		return true;
	}
	if (use == URL_IMAGE && (!have_base || !secure)) return false;
	*ret_url = have_base ? resolve(a, base, s) : s;
	return true;
}

bool url_clean(Arena *a, Str raw, Str base, UrlUse use, Str *ret_url)
{
	raw = trim(raw);
	if (!raw.n || raw.n > URL_MAX_BYTES) return false;
	Buf b = buf_init(a, raw.n + 16, URL_MAX_BYTES);
	if (!normalize(&b, raw)) return false;
	Str s = buf_view(&b);
	size_t at = first_delimiter(s);
	if (at < s.n && s.p[at] == ':') return absolute_clean(a, s, at, use, ret_url);
	return relative_clean(a, s, base, use, ret_url);
}
