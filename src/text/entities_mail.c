// SPDX-License-Identifier: AGPL-3.0-or-later
// Mail addresses, also those that hide: "anna (at) example dot org".
#include "text/entities_impl.h"

#define LOCAL_MAX 64
#define DOMAIN_MAX 253
#define SPACES_MAX 2

static bool local_sign(const Sign *s) { return sign_alnum(s) || sign_in(s, "._+-%'&=*~!$/^"); }

static bool any_of(const Signs *s, uint32_t from, uint32_t to, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (s->v[from].c != (unsigned char)*words[i]) continue;
		Str w = str_from(words[i]);
		if (w.n == to - from && signs_are(s, from, w)) return true;
	}
	return false;
}

// The sign where the part before the @ begins; `at` if there is none.
// "any thing"@example.org: the sign of the first quote, `at` if there is none.
static uint32_t quoted_from(const Signs *s, uint32_t at, uint32_t least)
{
	uint32_t i = at - 1;
	while (i > least && s->v[i - 1].c != '"' && s->v[i - 1].class != SIGN_LINE) i--;
	return i > least && i < at - 1 && s->v[i - 1].c == '"' ? i - 1 : at;
}

static uint32_t local_from(const EntityFinder *f, uint32_t at)
{
	const Signs *s = f->signs;
	uint32_t i = at, least = at > LOCAL_MAX ? at - LOCAL_MAX : 0;
	if (at && s->v[at - 1].c == '"') return quoted_from(s, at, least);
	while (i > least && local_sign(&s->v[i - 1]) && entity_free(f, i - 1)) i--;
	for (uint32_t k = i; k < at; k++) // of key=x@… the key
		if (sign_in(&s->v[k], "=/")) i = k + 1;
	while (i < at && !sign_alnum(&s->v[i]) && s->v[i].c != '_') i++;
	return i;
}

static bool file_ending(const Signs *s, uint32_t from, uint32_t to)
{
	static const char *const FILES[] = {"png", "jpg", "jpeg", "gif",  "svg", "webp", "css",
										"js",  "ts",  "html", "json", "zip", "exe",  "pdf"};
	return any_of(s, from, to, FILES, COUNTOF(FILES));
}

// example.org: the sign after it, 0 if there is no domain.
static uint32_t label_end(const Signs *s, uint32_t at)
{
	uint32_t i = at;
	while (i - at < 64 && (sign_alnum(&s->v[i]) || (s->v[i].c == '-' && i > at))) i++;
	return i;
}

static bool is_ending(const Signs *s, uint32_t from, uint32_t to)
{
	return to - from >= 2 && s->v[from].class == SIGN_LETTER && s->v[to - 1].c != '-' && !file_ending(s, from, to);
}

static uint32_t domain_end(const EntityFinder *f, uint32_t at)
{
	const Signs *s = f->signs;
	uint32_t label = at, end = 0;
	while (label - at < DOMAIN_MAX && entity_free(f, label)) {
		uint32_t i = label_end(s, label);
		if (i == label) break;
		if (label > at) end = is_ending(s, label, i) ? i : 0;
		if (s->v[i].c != '.' || !sign_alnum(&s->v[i + 1])) break;
		label = i + 1;
	}
	return end;
}

// [192.0.2.1]
static uint32_t literal_end(const Signs *s, uint32_t i)
{
	uint32_t from = i, digits = 0;
	if (s->v[i].c != '[') return 0;
	for (i++; i - from < 46 &&
			  (s->v[i].class == SIGN_DIGIT || s->v[i].c == '.' || s->v[i].c == ':' || s->v[i].class == SIGN_LETTER);
		 i++)
		digits += s->v[i].class == SIGN_DIGIT;
	return s->v[i].c == ']' && digits > 3 ? i + 1 : 0;
}

static const char *const ATS[] = {"at", "arroba", "arobase", "chiocciola", "klammeraffe"};
static const char *const DOTS[] = {"dot", "punkt", "point", "punto", "ponto"};
static const char *const ENDINGS[] = {"com",  "org", "net", "de", "fr",  "es",  "it",  "pt", "br", "eu",
									  "info", "io",  "uk",  "at", "ch",  "nl",  "be",  "co", "us", "edu",
									  "gov",  "pl",  "se",  "me", "dev", "app", "biz", "ie", "mx", "ar"};

// Whether a "dot" stands at i that was written out; its end.
static uint32_t dot_word_end(const Signs *s, uint32_t i, uint32_t domain, uint32_t to)
{
	if (!sign_alnum(&s->v[i]) || (i > domain && sign_alnum(&s->v[i - 1]))) return 0;
	uint32_t end = label_end(s, i);
	return end < to && any_of(s, i, end, DOTS, COUNTOF(DOTS)) ? end : 0;
}

static void put_domain(EntityFinder *f, uint32_t domain, uint32_t to, bool spelled)
{
	const Signs *s = f->signs;
	bool dot = true; // one for many, none at the beginning
	for (uint32_t i = domain; i < to; i++) {
		uint32_t end = spelled ? dot_word_end(s, i, domain, to) : 0;
		bool part = !end && (sign_alnum(&s->v[i]) || sign_in(&s->v[i], spelled ? "-" : "-[]:"));
		if (part) buf_str(&f->values, signs_text(s, i, i + 1));
		else if (!dot) buf_char(&f->values, '.');
		dot = !part;
		if (end) i = end - 1;
	}
}

static void put_mail(EntityFinder *f, uint32_t from, uint32_t local_end, uint32_t domain, uint32_t to, bool spelled)
{
	size_t at = f->values.n;
	for (uint32_t i = from; i < local_end; i++) buf_str(&f->values, signs_text(f->signs, i, i + 1));
	buf_char(&f->values, '@');
	put_domain(f, domain, to, spelled);
	for (size_t i = at; i < f->values.n; i++) // ASCII only: other letters keep their case
		if (f->values.p[i] >= 'A' && f->values.p[i] <= 'Z') f->values.p[i] |= 32;
	entity_put(f, ENTITY_MAIL, from, to, at);
}

static uint32_t skip_spaces(const Signs *s, uint32_t i)
{
	for (int k = 0; k < SPACES_MAX && s->v[i].class == SIGN_SPACE; k++) i++;
	return i;
}

static bool well_known(const Signs *s, uint32_t at, uint32_t end)
{
	static const char *const HOSTS[] = {"gmail",  "yahoo",  "hotmail", "outlook",    "gmx",     "web",
										"posteo", "icloud", "proton",  "protonmail", "example", "orange",
										"libero", "sapo",   "free",    "live"};
	uint32_t to = at;
	while (to < end && sign_alnum(&s->v[to])) to++;
	return any_of(s, at, to, HOSTS, COUNTOF(HOSTS));
}

// "ada @ gmail.com": is it an address, and not "me @ work.com"?
static bool spaced_name(const Signs *s, uint32_t from, uint32_t local, uint32_t domain, uint32_t to)
{
	for (uint32_t i = from; i < local; i++)
		if (s->v[i].class != SIGN_LETTER) return true;
	return well_known(s, domain, to);
}

static void at_sign(EntityFinder *f, uint32_t at)
{
	const Signs *s = f->signs;
	uint32_t local = at > 1 && s->v[at - 1].class == SIGN_SPACE ? at - 1 : at, domain = skip_spaces(s, at + 1);
	uint32_t from = local_from(f, local), to = domain_end(f, domain);
	if (!to) to = literal_end(s, domain);
	if (from == local || !to || !entity_free(f, from)) return;
	if (s->v[to].c == '@' || (from && s->v[from - 1].c == '@')) return;
	bool spaced = domain - local > 1,
		 path = s->v[to].c == ':' && (s->v[to + 1].class == SIGN_LETTER || s->v[to + 1].c == '~');
	if (spaced ? !spaced_name(s, from, local, domain, to) : path) return; // git@host:path
	put_mail(f, from, local, domain, to, false);
}

// "(at)", "[at]", " at ": the sign after it, 0 if it is something else. strong: in brackets.
static uint32_t at_word_end(const Signs *s, uint32_t i, const char *const *words, size_t n, bool *ret_strong)
{
	i = skip_spaces(s, i);
	bool open = sign_in(&s->v[i], "([{<");
	if (open) i = skip_spaces(s, i + 1);
	uint32_t to = signs_letters_end(s, i, 12);
	if (to == i && open && s->v[i].c == '@') to++;
	else if (!any_of(s, i, to, words, n)) return 0;
	if (open) {
		to = skip_spaces(s, to);
		if (!sign_in(&s->v[to++], ")]}>")) return 0;
	}
	*ret_strong = open;
	return skip_spaces(s, to);
}

// label ((dot) label)+ ; the sign after it, 0 if it is none. spelled: with a dot that was written out.
static uint32_t spelled_domain_end(const EntityFinder *f, uint32_t at, bool any_ending, bool *ret_spelled)
{
	const Signs *s = f->signs;
	uint32_t label = at, end = 0;
	bool strong = false;
	for (int labels = 0; labels < 5 && entity_free(f, label); labels++) {
		uint32_t i = label_end(s, label);
		if (i == label) break;
		bool ending = any_ending ? is_ending(s, label, i) : any_of(s, label, i, ENDINGS, COUNTOF(ENDINGS));
		if (labels && ending) end = i;
		uint32_t dot = s->v[i].c == '.' && sign_alnum(&s->v[i + 1]) ? i + 1 : 0;
		if (!dot) {
			dot = at_word_end(s, i, DOTS, COUNTOF(DOTS), &strong);
			if (!dot) break;
			*ret_spelled = true;
		}
		label = dot;
	}
	return end;
}

static bool never_a_name(const Signs *s, uint32_t from, uint32_t to)
{
	static const char *const WORDS[] = {"me",  "us",    "him", "her",  "it",   "them",    "look", "available",
										"up",  "is",    "are", "here", "more", "website", "site", "online",
										"and", "found", "see", "or",   "be",   "this",    "that", "page"};
	return any_of(s, from, to, WORDS, COUNTOF(WORDS));
}

// An "at" that follows word w.
static uint32_t spelled(EntityFinder *f, uint32_t w)
{
	const Signs *s = f->signs;
	bool strong = false, dotted = false;
	uint32_t local = s->words[w].to, domain = at_word_end(s, local, ATS, COUNTOF(ATS), &strong);
	if (!domain || domain == local || !entity_free(f, local - 1)) return 0;
	uint32_t from = local_from(f, local), to = spelled_domain_end(f, domain, strong, &dotted);
	bool shouted = local + 1 < domain && s->v[local + 1].flags & SIGN_UPPER &&
				   !(s->v[local - 1].flags & SIGN_UPPER); // ada AT example.org
	if (!to || from == local || !(strong || dotted || shouted)) return 0;
	if (!strong && never_a_name(s, from, local)) return 0;
	put_mail(f, from, local, domain, to, true);
	return to;
}

// Whether an "at" may follow word w: what all of ATS begin with, or an @ in brackets.
static bool may_be_spelled(const Signs *s, uint32_t w)
{
	return sign_in(&s->v[s->words[w + 1].from], "ack") ||
		   (s->ats_n && sign_in(&s->v[skip_spaces(s, s->words[w].to)], "([{<"));
}

void entities_mails(EntityFinder *f)
{
	const Signs *s = f->signs;
	for (uint32_t i = 1; s->ats_n && i + 1 < s->n; i++)
		if (s->v[i].c == '@' && entity_free(f, i)) at_sign(f, i);
	for (uint32_t w = 0; w + 1 < s->words_n; w++) {
		uint32_t next = s->words[w].to;
		if (!may_be_spelled(s, w)) continue;
		if (s->v[next].class != SIGN_SPACE && !sign_in(&s->v[next], "([{<")) continue;
		if (s->words[w + 1].from - next <= 4 || s->v[next + 1].c == '@') w = signs_word_before(s, w, spelled(f, w));
	}
}
