// SPDX-License-Identifier: AGPL-3.0-or-later
// Streets with a house number: what all languages share, and German (also Dutch), English, PO boxes.
#include "text/entities_street.h"

#define NUMBER_DIGITS 5

// What most words are asked for, each a bit.
// clang-format off
static const PhraseList ASKED[] = {
	{STREET_ALONE, "strasse,str,allee,gasse,platz,ring,weg,damm,ufer,chaussee"},
	{STREET_LEAD, "am,an,im,in,zum,zur,auf,unter,hinter,vor,alte,alter,altes"},
	{STREET_BETWEEN, "den,der,dem,alten,neuen,hohen,kleinen,grossen"},
	{STREET_FRENCH, "rue,avenue,av,boulevard,bd,bld,place,chemin,allee,impasse,quai,route,cours,square,passage,faubourg,sentier,esplanade,residence"},
	{STREET_SOUTHERN, "calle,avenida,avda,av,plaza,pza,paseo,camino,carretera,ctra,ronda,travesia,glorieta,rambla,via,viale,vle,piazza,pzza,piazzale,corso,largo,vicolo,strada,lungotevere,lungomare,contrada,borgo,salita,rua,travessa,praca,alameda,estrada,rodovia,beco,calcada,avenue,rue,boulevard,chaussee"},
	{STREET_ENGLISH, "street,st,road,rd,avenue,ave,lane,ln,drive,dr,boulevard,blvd,court,ct,place,pl,square,sq,terrace,way,close,crescent,gardens,grove,hill,mews,parkway,pkwy,highway,hwy,row,walk,circle,cir,trail,quay"},
	{STREET_PLAIN, "street,road,avenue,lane,boulevard,blvd,rd,ave"},
	{STREET_NOT, "way,miles,mile,km,down,the,a,an,on,of,minutes,hours,days,people,in,up,to,and,or,from,for,at,off,per,times,blocks,am,pm,by,this,that,long,one,two,street,road,main,side,wide,open,busy,first,next,meters,metres,years,more,other,cars"},
	{STREET_BOX, "box,postfach"},
};
// clang-format on

const WordTable *entity_streets_new(Arena *a) { return word_table_of_phrases(a, ASKED, COUNTOF(ASKED)); }

uint32_t street_word(const EntityFinder *f, uint32_t w) { return word_table_find(f->streets, f->signs->words[w].hash); }

// The list's next word, which begins at `list`; the one after it.
static const char *next_of(const char *list, uint32_t *ret_n)
{
	uint32_t n = 0;
	while (list[n] && list[n] != ' ') n++;
	*ret_n = n;
	return list[n] ? list + n + 1 : list + n;
}

static bool is_any(const Signs *s, uint32_t from, uint32_t to, const char *list)
{
	for (uint32_t n; *list;) {
		const char *word = list;
		list = next_of(word, &n);
		if (n == to - from && s->v[from].c == (unsigned char)*word && signs_are(s, from, (Str){word, n})) return true;
	}
	return false;
}

bool word_is(const Signs *s, uint32_t w, const char *list) { return is_any(s, s->words[w].from, s->words[w].to, list); }

static bool ends_with(const Signs *s, uint32_t w, const char *list)
{
	const SignWord *x = &s->words[w];
	const uint32_t last = s->v[x->to - 1].c;
	for (uint32_t n; *list;) {
		const char *word = list;
		list = next_of(word, &n);
		if (x->to - x->from > n && last == (unsigned char)word[n - 1] && signs_are(s, x->to - n, (Str){word, n}))
			return true;
	}
	return false;
}

bool words_near(const Signs *s, uint32_t w)
{
	if (w + 1 >= s->words_n || s->words[w + 1].from - s->words[w].to > 4) return false;
	for (uint32_t i = s->words[w].to; i < s->words[w + 1].from; i++)
		if (!sign_in(&s->v[i], " .,")) return false;
	return true;
}

bool inside_name(const Signs *s, uint32_t w)
{
	if (w + 1 >= s->words_n || s->words[w + 1].from - s->words[w].to > 3) return false;
	for (uint32_t i = s->words[w].to; i < s->words[w + 1].from; i++) {
		bool dot = s->v[i].c == '.' && (s->words[w].to - s->words[w].from <= 3 || word_is(s, w, "avda ctra pzza strt"));
		if (!dot && !sign_in(&s->v[i], " -'")) return false;
	}
	return true;
}

// " b" behind a number, but not " a" (a word of many languages) unless it is a capital.
static uint32_t loose_letter(const Signs *s, uint32_t i)
{
	const Sign *letter = &s->v[i + 1];
	if (s->v[i].class != SIGN_SPACE || letter->class != SIGN_LETTER || letter->c > 'f') return i;
	if (sign_alnum(&s->v[i + 2]) || s->v[i + 2].c == '\'') return i;
	return letter->c != 'a' || letter->flags & SIGN_UPPER ? i + 2 : i;
}

// "-14", "/A" behind the digits.
static uint32_t house_range(const Signs *s, uint32_t i)
{
	uint32_t tail = i;
	for (int k = 0; k < 3 && sign_in(&s->v[tail], "-/") && sign_alnum(&s->v[tail + 1]); k++)
		for (i = ++tail; sign_alnum(&s->v[tail]) && tail - i < 6;) tail++;
	return sign_alnum(&s->v[tail]) ? 0 : tail;
}

uint32_t house_end(const EntityFinder *f, uint32_t at)
{
	const Signs *s = f->signs;
	uint32_t i = signs_digits_end(s, at, NUMBER_DIGITS + 1);
	if (i == at || i - at > NUMBER_DIGITS || !number_free(f, at)) return 0;
	uint32_t tail = signs_letters_end(s, i, 4);
	if (tail > i) return !sign_alnum(&s->v[tail]) && (tail - i == 1 || is_any(s, i, tail, "bis ter")) ? tail : 0;
	if (sign_in(&s->v[i], ":%") || (s->v[i].c == '.' && s->v[i + 1].class == SIGN_DIGIT)) return 0;
	return sign_in(&s->v[i], "-/") && sign_alnum(&s->v[i + 1]) ? house_range(s, i) : loose_letter(s, i);
}

// ", 2º B", ", 3o"
static uint32_t ordinal_floor(const Signs *s, uint32_t at, uint32_t from)
{
	uint32_t i = signs_digits_end(s, from, 3);
	i += s->v[i].c == '.' && (s->v[i + 1].c == 0xba || s->v[i + 1].c == 0xaa); // 3.º
	uint32_t c = s->v[i].c;
	bool letter = sign_in(&s->v[i], "oa") && !sign_alnum(&s->v[i + 1]);
	if (i == from || s->v[at].c != ',' || !(letter || c == 0xba || c == 0xaa || c == 0xb0)) return at;
	uint32_t end = i + 1, side = s->v[end].class == SIGN_SPACE ? end + 1 : end;
	i = signs_letters_end(s, side, 8);
	return i > side && is_any(s, side, i, "b a c d izq dcha dto esq der izda centro frente") ? i : end;
}

uint32_t floor_end(const Signs *s, uint32_t at)
{
	static const char WORDS[] = "apt apto ap appt suite ste unit flat piso planta puerta bajo esc interno int scala "
								"app depto dpto andar lote bloco bl stock og eg";
	uint32_t i = at + (s->v[at].c == ',');
	i += s->v[i].class == SIGN_SPACE;
	uint32_t word = i;
	if (i == at) return at;
	i = signs_letters_end(s, word, 8);
	if (i == word) return ordinal_floor(s, at, word);
	if (!is_any(s, word, i, WORDS)) return at;
	if (is_any(s, word, i, "bajo")) return i;
	i += s->v[i].c == '.';
	i += s->v[i].class == SIGN_SPACE;
	uint32_t from = i;
	while (sign_alnum(&s->v[i]) && i - from < 6) i++;
	return i > from && !sign_alnum(&s->v[i]) ? i : at;
}

// A sign or a word ("n", "no", "nr", "num") as they stand before a number; the sign after it, 0 if it is none.
static uint32_t number_mark(const Signs *s, uint32_t i)
{
	if (sign_in(&s->v[i], " ,.#") || s->v[i].c == 0xb0 || s->v[i].c == 0xba) return i + 1;
	if (i && s->v[i].c == 'o' && s->v[i - 1].c == '.') return i + 1; // n.o
	uint32_t to = signs_letters_end(s, i, 4);
	return to > i && is_any(s, i, to, "n no nr num") ? to : 0;
}

#define NUMBER_FAR 9 // signs behind a name

// Are there digits so near behind word w that number_after may find some?
static bool number_near(const Signs *s, uint32_t w)
{
	const SignWord *x = &s->words[w] + 1, *end = s->words + s->words_n;
	for (uint32_t to = s->words[w].to; x < end && x->from - to <= NUMBER_FAR; x++)
		if (x->digits) return true;
	return false;
}

uint32_t number_after(const EntityFinder *f, uint32_t w)
{
	const Signs *s = f->signs;
	uint32_t i = s->words[w].to, from = i;
	while (i - from < NUMBER_FAR && s->v[i].class != SIGN_DIGIT) {
		i = number_mark(s, i);
		if (!i) return 0;
	}
	uint32_t end = i > from ? house_end(f, i) : 0;
	return end ? floor_end(s, end) : 0;
}

// ---- German: Hauptstr. 5a, Lange Straße 12, Unter den Linden 77
static const char DE_ENDINGS[] = "strasse str weg gasse platz allee ring ufer damm chaussee steig pfad stieg promenade "
								 "straat laan plein gracht kade graben";
static const char DE_NOUNS[] =
	"linden markt bahnhof kirche anger winkel dorf park schloss rathaus berg hang see wald feld tor bach muhle "
	"kirchplatz marktplatz brunnen ring damm ufer stadtpark hafen sportplatz friedhof eck kanal zoo aue heide hohe";
static const char DE_NOT[] = "abstieg aufstieg einstieg ausstieg anstieg bahnsteig burgersteig hinweg umweg ausweg "
							 "heimweg arbeitsweg rechtsweg postweg";

// "Karl-Marx-" before word w: the first word of it.
static uint32_t hyphened_from(const Signs *s, uint32_t w)
{
	uint32_t first = w;
	while (first > 0 && w - first < 3 && inside_name(s, first - 1) && s->words[first - 1].upper &&
		   s->v[s->words[first - 1].to].c == '-')
		first--;
	return first;
}

// "des 17. Juni", "der Republik" behind word w: the last word, w if there is none.
static uint32_t german_genitive(const Signs *s, uint32_t w)
{
	uint32_t x = w + 1;
	if (x + 1 >= s->words_n || !inside_name(s, w) || !word_is(s, x, "des der")) return w;
	bool day = !s->words[x + 1].letters && s->words[x + 1].to - s->words[x + 1].from <= 2;
	if (day) x++;
	return x + 1 < s->words_n && inside_name(s, x) && s->words[x + 1].upper ? x + 1 : w;
}

// May a number follow word w, at once or behind "des …"?
static bool german_numbered(const Signs *s, uint32_t w)
{
	return number_near(s, w) || (w + 1 < s->words_n && s->v[s->words[w + 1].from].c == 'd');
}

uint32_t street_german(const EntityFinder *f, uint32_t w, uint32_t *ret_from)
{
	const Signs *s = f->signs;
	if (!s->words[w].upper || !german_numbered(s, w)) return 0;
	bool alone = street_word(f, w) & STREET_ALONE;
	if ((!alone && !ends_with(s, w, DE_ENDINGS)) || word_is(s, w, DE_NOT)) return 0;
	uint32_t first = hyphened_from(s, w), last = german_genitive(s, w);
	if (last > w) { // "Straße des 17. Juni 135"
		*ret_from = s->words[w].from;
		return number_after(f, last);
	}
	if (alone && first == w) { // "Lange Straße 12"
		if (!first || !inside_name(s, first - 1) || !s->words[first - 1].upper ||
			word_is(s, first - 1, "die der das in am") ||
			(word_is(s, w, "platz ring weg") && !ends_with(s, first - 1, "er e en")))
			return 0;
		first--;
	}
	*ret_from = s->words[first].from;
	return number_after(f, w);
}

// "Zur Alten Mühle 3" with a noun of no list: only where nothing but the end follows, and never a time or a part of a book.
static bool german_noun(const Signs *s, uint32_t w, uint32_t end)
{
	static const char NOT[] =
		"montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar marz april mai juni juli august "
		"september oktober november dezember jahr jahre tag tage abend morgen mittag kapitel abschnitt punkt schritt "
		"bereich spiel level teil seite zimmer raum gleis haus stock ende anfang schnitt durchschnitt fall alter "
		"vergleich modell test monat quartal band heft absatz artikel paragraph tisch platz bus zug version klasse "
		"woche stunde minute runde staffel folge phase stufe gruppe liga serie tabelle abbildung frage antwort option "
		"variante nummer etage zeile spalte datei sitzung saison verein verhaltnis minuten stunden prozent termin "
		"ergebnis";
	bool over = sign_in(&s->v[end], ",.;)") || s->v[end].class == SIGN_END || s->v[end].class == SIGN_LINE;
	return over && s->words[w].to - s->words[w].from >= 4 && !word_is(s, w, NOT);
}

// "An der alten" before word w: its first word, w if there is none.
static uint32_t german_lead(const EntityFinder *f, uint32_t w)
{
	const Signs *s = f->signs;
	uint32_t lead = w - 1;
	if (lead && street_word(f, lead) & STREET_BETWEEN) lead--;
	if (lead && word_is(s, lead, "den der dem")) lead--;
	bool leads = s->words[lead].upper && street_word(f, lead) & STREET_LEAD && inside_name(s, lead) &&
				 inside_name(s, w - 1);
	return leads ? lead : w;
}

uint32_t street_german_lead(const EntityFinder *f, uint32_t w, uint32_t *ret_from)
{
	const Signs *s = f->signs;
	if (!w || !s->words[w].upper || s->words[w].digits || !number_near(s, w)) return 0;
	uint32_t lead = german_lead(f, w), end = lead < w ? number_after(f, w) : 0;
	if (!end) return 0;
	if (!word_is(s, w, DE_NOUNS) && (word_is(s, lead, "in") || !german_noun(s, w, end))) return 0;
	*ret_from = s->words[lead].from;
	return end;
}

// ---- English: 12 High Street, 221B Baker St., 350 5th Avenue

static bool english_number(const EntityFinder *f, uint32_t w)
{
	const Signs *s = f->signs;
	uint32_t from = s->words[w].from, i = signs_digits_end(s, from, NUMBER_DIGITS + 1);
	if (i == from || i - from > NUMBER_DIGITS || !number_free(f, from)) return false;
	return i == s->words[w].to || (i + 1 == s->words[w].to && s->v[i].c <= 'h');
}

// Behind the kind of street: its dot, a quarter of the sky, a flat.
static uint32_t english_end(const Signs *s, uint32_t w)
{
	uint32_t end = s->words[w].to;
	if (s->v[end].c == '.' && end - s->words[w].from <= 4 && (sign_gap(&s->v[end + 1]) || s->v[end + 1].c == ','))
		end++;
	bool next = s->v[end].class == SIGN_SPACE && w + 1 < s->words_n && s->words[w + 1].from == end + 1 &&
				s->words[w + 1].upper;
	if (next && word_is(s, w + 1, "n s e w ne nw se sw")) end = s->words[w + 1].to;
	return floor_end(s, end);
}

// Does word x follow in the name that number w begins?
static bool english_joined(const Signs *s, uint32_t w, uint32_t x)
{
	if (x > w + 1) return inside_name(s, x - 1);
	return s->words[x].from - s->words[w].to == 1 && s->v[s->words[w].to].class == SIGN_SPACE;
}

// The word of the kind of street, of the name that follows number w; 0 if there is none.
static uint32_t english_kind(const EntityFinder *f, uint32_t w)
{
	const Signs *s = f->signs;
	bool upper = true; // so far; words in small letters only before plain kinds
	for (uint32_t x = w + 1; x < s->words_n && x <= w + 4 && english_joined(s, w, x); x++) {
		uint32_t bits = street_word(f, x);
		bool first = x == w + 1, plain = x <= w + 3 && bits & STREET_PLAIN;
		if (!first && ((upper && s->words[x].upper) || plain) && bits & STREET_ENGLISH) return x;
		if (!s->words[x].upper && bits & STREET_NOT) return 0;
		bool possessive = !first && s->words[x].to - s->words[x].from == 1;
		upper &= s->words[x].upper || s->words[x].digits || possessive;
	}
	return 0;
}

uint32_t street_english(const EntityFinder *f, uint32_t w, uint32_t *ret_from)
{
	const Signs *s = f->signs;
	uint32_t kind = english_number(f, w) ? english_kind(f, w) : 0;
	if (!kind) return 0;
	*ret_from = s->words[w].from;
	bool flat = w > 1 && s->words[w - 1].digits && s->words[w].from - s->words[w - 1].to <= 2 &&
				word_is(s, w - 2, "flat apt apartment unit suite");
	bool range = w && s->v[s->words[w].from - 1].c == '-' && !s->words[w - 1].letters &&
				 s->words[w].from - s->words[w - 1].to == 1;
	if (flat) *ret_from = s->words[w - 2].from;
	if (range) *ret_from = s->words[w - 1].from; // 15-17 High Street
	return english_end(s, kind);
}

// ---- PO Box 12, Postfach 10 20 30
static bool digit_at(const Signs *s, size_t i) { return i < s->n && s->v[i].class == SIGN_DIGIT; }

// Boxes have longer numbers than houses: the sign after it, or 0.
static uint32_t box_number(const Signs *s, uint32_t at)
{
	uint32_t from;
	while (at < s->n && (s->v[at].c == ' ' || s->v[at].c == ':')) at++;
	for (from = at; digit_at(s, at);) at++;
	return at > from && at - from <= 7 ? at : 0;
}

// Behind a number: more pairs of digits, "10 20 30".
static uint32_t box_pairs(const Signs *s, uint32_t at)
{
	while (digit_at(s, (size_t)at - 1) && at < s->n && s->v[at].c == ' ' && digit_at(s, (size_t)at + 1) &&
		   digit_at(s, (size_t)at + 2) && !digit_at(s, (size_t)at + 3))
		at += 3;
	return at;
}

uint32_t street_box(const EntityFinder *f, uint32_t w, uint32_t *ret_from)
{
	const Signs *s = f->signs;
	if (!(street_word(f, w) & STREET_BOX)) return 0;
	bool po = w && word_is(s, w, "box") && word_is(s, w - 1, "po o") && s->words[w].from - s->words[w - 1].to <= 2;
	if (!po && !word_is(s, w, "postfach")) return 0;
	*ret_from = s->words[po ? w - 1 : w].from;
	if (po && w > 1 && word_is(s, w - 1, "o") && word_is(s, w - 2, "p")) *ret_from = s->words[w - 2].from;
	uint32_t at = number_after(f, w);
	if (!at) at = box_number(s, s->words[w].to);
	return po || !at ? at : box_pairs(s, at);
}

// Most words are no part of a name: no capital, no kind of street, no single letter.
static bool may_name(const EntityFinder *f, uint32_t w)
{
	const SignWord *x = &f->signs->words[w];
	return x->upper || x->to - x->from == 1 || street_word(f, w);
}

static void find(EntityFinder *f, const StreetForm *forms, size_t forms_n, bool digits)
{
	const Signs *s = f->signs;
	for (uint32_t w = 0; w < s->words_n; w++) {
		uint32_t from = 0, to = 0;
		if ((s->v[s->words[w].from].class == SIGN_DIGIT) != digits || !(digits || may_name(f, w))) continue;
		for (size_t k = 0; k < forms_n && !to; k++) to = forms[k](f, w, &from);
		if (!to || !entity_free(f, from) || !entity_free(f, to - 1)) continue;
		entity_put_text(f, ENTITY_STREET, from, to);
		w = signs_word_before(s, w, to);
	}
}

void entities_streets(EntityFinder *f)
{
	static const StreetForm NAMED[] = {street_german, street_german_lead, street_french, street_southern, street_box},
							NUMBERED[] = {street_english};
	find(f, NAMED, COUNTOF(NAMED), false);
	find(f, NUMBERED, COUNTOF(NUMBERED), true); // "12 bis avenue Foch" is none of these
}
