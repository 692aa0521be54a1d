// SPDX-License-Identifier: AGPL-3.0-or-later
// Streets in French (the number first) and in Spanish, Italian and Portuguese (the number last).
#include "text/entities_street.h"

#define NAME_WORDS 6

static const char SMALL[] = "de la le les du des l d et en a aux au sur del los las el y da do dos das e di della "
							"dello dei degli delle dell san santa";

// ---- French: 12 rue de la Paix, 3 bis, av. Victor Hugo
static const char FR_NAMED[] = "place cours route passage square residence av";
static const char MONTHS[] = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre";

// "8 mai 1945" behind word w: its last word, w if there is no date.
static uint32_t date_name_end(const Signs *s, uint32_t w)
{
	const SignWord *day = &s->words[w + 1];
	if (w + 2 >= s->words_n || !day->digits || day->to - day->from > 3 || !inside_name(s, w + 1) ||
		!word_is(s, w + 2, MONTHS))
		return w;
	bool year = w + 3 < s->words_n && inside_name(s, w + 2) && s->words[w + 3].digits &&
				s->words[w + 3].to - s->words[w + 3].from == 4;
	return w + 2 + year;
}

// The name behind word w: small words, then words with capitals; the last word of it, w if there is none.
static uint32_t name_end(const Signs *s, uint32_t w, bool small_too)
{
	uint32_t last = w;
	for (uint32_t x = w + 1; x < s->words_n && x - w <= NAME_WORDS && inside_name(s, x - 1); x++) {
		if (s->words[x].digits) return date_name_end(s, x - 1) >= x ? date_name_end(s, x - 1) : last;
		if (s->words[x].upper) last = x;
		else if (!word_is(s, x, SMALL)) return small_too && last == w ? x : last;
	}
	return last;
}

// The number before the kind of street: its word, w if there is none.
static uint32_t french_number(const EntityFinder *f, uint32_t w)
{
	const Signs *s = f->signs;
	uint32_t number = w - 1;
	if (number && word_is(s, number, "bis ter quater")) number--;
	const SignWord *n = &s->words[number];
	uint32_t digits = signs_digits_end(s, n->from, 5) - n->from;
	bool small = word_is(s, w, "av") && s->v[s->words[w].to].c != '.'; // a word of the north, behind a year
	if (!digits || digits > (small ? 3u : 4u) || n->to - n->from > 7) return w;
	return words_near(s, w - 1) && house_end(f, n->from) ? number : w;
}

uint32_t street_french(const EntityFinder *f, uint32_t w, uint32_t *ret_from)
{
	const Signs *s = f->signs;
	if (!w || !(street_word(f, w) & STREET_FRENCH)) return 0;
	uint32_t number = french_number(f, w);
	bool named = word_is(s, w, FR_NAMED);
	uint32_t last = number < w ? name_end(s, w, !named) : w;
	if (last == w || (named && !s->words[last].upper && !s->words[last].digits)) return 0;
	*ret_from = s->words[number].from;
	return s->words[last].to;
}

// ---- Spanish, Italian, Portuguese: Calle Mayor 3, Via Roma 10, Rua Augusta 1500
static const char SOUTH_NOT[] =
	"bluetooth usb hdmi wifi wlan mail email app whatsapp http https sms lan wan ethernet internet satellite telefono "
	"lightning thunderbolt displayport firmware update fax pec ip dns vpn chat web";
static const char SOUTH_MONTHS[] = "novembre settembre maggio aprile abril maio marzo";

// C/ Mayor, R. Augusta, V.le Europa, P.zza San Marco: the last word of the kind; UINT32_MAX if it is none.
static uint32_t short_kind(const Signs *s, uint32_t w)
{
	const SignWord *word = &s->words[w];
	char c = (char)s->v[word->from].c, next = (char)s->v[word->to].c;
	if (c == 'c' && next == '/') return w;
	if (next != '.') return UINT32_MAX;
	bool proceedings = w && s->words[w - 1].upper && inside_name(s, w - 1); // Proc. R. Soc.
	if (c == 'r') return word->upper && !proceedings ? w : UINT32_MAX;
	bool rest = w + 1 < s->words_n && s->words[w + 1].from == word->to + 1;
	const char *tails = c == 'v' ? "le" : c == 'p' ? "zza za" : c == 'c' ? "so" : "";
	return rest && word_is(s, w + 1, tails) ? w + 1 : UINT32_MAX;
}

static uint32_t southern_kind(const EntityFinder *f, uint32_t w)
{
	const Signs *s = f->signs;
	const SignWord *word = &s->words[w];
	if (word->to - word->from == 1) return short_kind(s, w);
	if (!(street_word(f, w) & STREET_SOUTHERN)) return UINT32_MAX;
	bool north = word_is(s, w, "av") && !word->upper && s->v[word->to].c != '.';
	return north ? UINT32_MAX : w;
}

typedef enum NamePart { PART_NAME, PART_SMALL, PART_END, PART_NEVER } NamePart;

static NamePart southern_part(const Signs *s, uint32_t x, bool named)
{
	const SignWord *word = &s->words[x];
	bool one = word->to - word->from == 1;
	if (word_is(s, x, SOUTH_NOT)) return PART_NEVER;
	if (word->digits) {
		bool date = x + 2 < s->words_n && word->to - word->from <= 2 && word_is(s, x + 1, "de di") &&
					s->words[x + 2].upper;
		return date ? PART_SMALL : PART_END;
	}
	if (one && (s->v[word->to].c == 0xba || word_is(s, x, "n"))) return PART_END;
	if (word->upper) return PART_NAME;
	if (word_is(s, x, "n no nr num numero")) return PART_END;
	return word_is(s, x, SMALL) || (named && word_is(s, x, SOUTH_MONTHS)) ? PART_SMALL : PART_NEVER;
}

// "via roma 10" in small letters: one word of four letters or more, a short number, and nothing behind it.
static uint32_t careless(const EntityFinder *f, uint32_t w, uint32_t kind)
{
	const Signs *s = f->signs;
	uint32_t x = kind + 1;
	if (!word_is(s, w, "calle avenida via viale piazza rua praca travessa avda")) return 0;
	if (x < s->words_n && word_is(s, x, SMALL)) x++;
	if (x + 1 >= s->words_n || !inside_name(s, x - 1) || s->words[x].digits || s->words[x].to - s->words[x].from < 4)
		return 0;
	uint32_t end = word_is(s, x, SOUTH_NOT) || !words_near(s, x) ? 0 : number_after(f, x);
	return end && end - s->words[x + 1].from < 5 &&
				   (sign_in(&s->v[end], ",.;)") || s->v[end].class == SIGN_END || s->v[end].class == SIGN_LINE)
			   ? end
			   : 0;
}

uint32_t street_southern(const EntityFinder *f, uint32_t w, uint32_t *ret_from)
{
	const Signs *s = f->signs;
	uint32_t kind = southern_kind(f, w), last = kind;
	if (kind == UINT32_MAX) return 0;
	bool named = false, slash = s->v[s->words[kind].to].c == '/';
	for (uint32_t x = kind + 1; x < s->words_n && x - kind <= NAME_WORDS; x++) {
		bool joined = inside_name(s, x - 1) || (slash && x == kind + 1 && s->words[x].from - s->words[kind].to <= 2);
		NamePart part = joined ? southern_part(s, x, named) : PART_END;
		if (part == PART_NEVER) break;
		if (part == PART_END) break;
		named |= part == PART_NAME;
		last = x;
	}
	*ret_from = s->words[w].from;
	uint32_t end = named ? number_after(f, last) : 0;
	return end ? end : careless(f, w, kind);
}
