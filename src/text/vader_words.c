// SPDX-License-Identifier: AGPL-3.0-or-later
// Words of the rules of VADER (C. J. Hutto, E. Gilbert: VADER: A Parsimonious Rule-based Model for Sentiment Analysis of
// Social Media Text, ICWSM 2014), and negations of other languages. The valences of single words come from its lexicon,
// which the training tool reads; what stands here is what the rules name.
#include "text/lexicon.h"

#define UP(w)                                                                                                          \
	{                                                                                                                  \
		(w), 0, 1, 0                                                                                                   \
	}
#define DOWN(w)                                                                                                        \
	{                                                                                                                  \
		(w), 0, -1, 0                                                                                                  \
	}
#define NEGATES(w)                                                                                                     \
	{                                                                                                                  \
		(w), 0, 0, WORD_NEGATES                                                                                        \
	}
#define FOREIGN(w)                                                                                                     \
	{                                                                                                                  \
		(w), 0, 0, WORD_NEGATES_FOREIGN                                                                                \
	}
#define IDIOM(w, v)                                                                                                    \
	{                                                                                                                  \
		(w), (v), 0, WORD_IDIOM                                                                                        \
	}

// clang-format off
const RuleWord RULE_WORDS[] = {
	UP("absolutely"), UP("amazingly"), UP("awfully"), UP("completely"), UP("considerable"), UP("considerably"),
	UP("decidedly"), UP("deeply"), UP("effing"), UP("enormous"), UP("enormously"), UP("entirely"), UP("especially"),
	UP("exceptional"), UP("exceptionally"), UP("extreme"), UP("extremely"), UP("fabulously"), UP("flipping"),
	UP("flippin"), UP("fracking"), UP("fricking"), UP("frickin"), UP("frigging"), UP("friggin"), UP("fully"),
	UP("fucking"), UP("fuckin"), UP("greatly"), UP("hella"), UP("highly"), UP("hugely"), UP("incredible"),
	UP("incredibly"), UP("intensely"), UP("major"), UP("majorly"), UP("more"), UP("most"), UP("particularly"),
	UP("purely"), UP("quite"), UP("really"), UP("remarkably"), UP("substantially"), UP("thoroughly"), UP("total"),
	UP("totally"), UP("tremendous"), UP("tremendously"), UP("uber"), UP("unbelievably"), UP("unusually"), UP("utter"),
	UP("utterly"), UP("very"), UP("super"), UP("insanely"), UP("damn"),
	{"so", 0, 1, WORD_SO}, {"this", 0, 0, WORD_SO},
	DOWN("almost"), DOWN("barely"), DOWN("hardly"), DOWN("just enough"), DOWN("kind of"), DOWN("kinda"),
	DOWN("kindof"), DOWN("less"), DOWN("little"), DOWN("marginal"), DOWN("marginally"), DOWN("occasional"),
	DOWN("occasionally"), DOWN("partly"), DOWN("scarce"), DOWN("scarcely"), DOWN("slight"), DOWN("slightly"),
	DOWN("somewhat"), DOWN("sort of"), DOWN("sorta"), DOWN("sortof"),
	NEGATES("ain't"), NEGATES("aint"), NEGATES("aren't"), NEGATES("arent"), NEGATES("can't"), NEGATES("cant"),
	NEGATES("cannot"), NEGATES("couldn't"), NEGATES("couldnt"), NEGATES("daren't"), NEGATES("darent"),
	NEGATES("didn't"), NEGATES("didnt"), NEGATES("doesn't"), NEGATES("doesnt"), NEGATES("don't"), NEGATES("dont"),
	NEGATES("hadn't"), NEGATES("hadnt"), NEGATES("hasn't"), NEGATES("hasnt"), NEGATES("haven't"), NEGATES("havent"),
	NEGATES("isn't"), NEGATES("isnt"), NEGATES("mightn't"), NEGATES("mightnt"), NEGATES("mustn't"), NEGATES("mustnt"),
	NEGATES("needn't"), NEGATES("neednt"), NEGATES("neither"), NEGATES("none"), NEGATES("nope"), NEGATES("not"),
	NEGATES("nothing"), NEGATES("nowhere"), NEGATES("oughtn't"), NEGATES("oughtnt"), NEGATES("rarely"),
	NEGATES("seldom"), NEGATES("despite"), NEGATES("shan't"), NEGATES("shant"), NEGATES("shouldn't"),
	NEGATES("shouldnt"), NEGATES("uhuh"), NEGATES("uh-uh"), NEGATES("wasn't"), NEGATES("wasnt"), NEGATES("weren't"),
	NEGATES("werent"), NEGATES("won't"), NEGATES("wont"), NEGATES("wouldn't"), NEGATES("wouldnt"), NEGATES("nobody"),
	{"never", 0, 0, WORD_NEGATES | WORD_NEVER}, {"without", 0, 0, WORD_NEGATES | WORD_WITHOUT},
	{"doubt", 0, 0, WORD_DOUBT}, {"no", 0, 0, WORD_NO}, {"but", 0, 0, WORD_BUT}, {"least", 0, 0, WORD_LEAST},
	{"at", 0, 0, WORD_AT_OR_VERY}, {"very", 0, 0, WORD_AT_OR_VERY}, {"or", 0, 0, WORD_OR}, {"nor", 0, 0, WORD_OR},
	IDIOM("the shit", 30), IDIOM("the bomb", 30), IDIOM("bad ass", 15), IDIOM("badass", 15), IDIOM("bus stop", 0),
	IDIOM("yeah right", -20), IDIOM("kiss of death", -15), IDIOM("to die for", 30), IDIOM("beating heart", 31),
	IDIOM("broken heart", -29), IDIOM("cut the mustard", 20), IDIOM("hand to mouth", -20), IDIOM("back handed", -20),
	IDIOM("blow smoke", -20), IDIOM("blowing smoke", -20), IDIOM("upper hand", 10), IDIOM("break a leg", 20),
	IDIOM("cooking with gas", 20), IDIOM("in the black", 20), IDIOM("in the red", -20), IDIOM("on the ball", 20),
	IDIOM("under the weather", -20), IDIOM("waste of time", -25), IDIOM("can't wait", 22), IDIOM("cant wait", 22),
	// German, Dutch, Scandinavian
	FOREIGN("nicht"), FOREIGN("kein"), FOREIGN("keine"), FOREIGN("keinen"), FOREIGN("keiner"), FOREIGN("nie"),
	FOREIGN("niemals"), FOREIGN("ohne"), FOREIGN("nix"), FOREIGN("niet"), FOREIGN("geen"), FOREIGN("nooit"),
	FOREIGN("ikke"), FOREIGN("aldrig"), FOREIGN("inte"), FOREIGN("ej"), FOREIGN("ingen"), FOREIGN("inget"),
	// French, Spanish, Portuguese, Italian, Romanian
	FOREIGN("pas"), FOREIGN("jamais"), FOREIGN("rien"), FOREIGN("aucun"), FOREIGN("aucune"), FOREIGN("sans"),
	FOREIGN("nunca"), FOREIGN("jamás"), FOREIGN("ningún"), FOREIGN("ninguna"), FOREIGN("sin"), FOREIGN("tampoco"),
	FOREIGN("não"), FOREIGN("nao"), FOREIGN("nem"), FOREIGN("sem"), FOREIGN("nenhum"), FOREIGN("non"), FOREIGN("mai"),
	FOREIGN("niente"), FOREIGN("senza"), FOREIGN("nu"), FOREIGN("nici"),
	// Slavic, Greek, Finnish, Hungarian, Turkish, Estonian
	FOREIGN("не"), FOREIGN("нет"), FOREIGN("ни"), FOREIGN("без"), FOREIGN("никогда"), FOREIGN("ні"), FOREIGN("není"),
	FOREIGN("ne"), FOREIGN("bez"), FOREIGN("nikdy"), FOREIGN("nigdy"), FOREIGN("nije"), FOREIGN("δεν"), FOREIGN("μη"),
	FOREIGN("χωρίς"), FOREIGN("ei"), FOREIGN("en"), FOREIGN("eivät"), FOREIGN("nem"), FOREIGN("nincs"), FOREIGN("soha"),
	FOREIGN("değil"), FOREIGN("yok"), FOREIGN("hiç"), FOREIGN("pole"),
	// Arabic, Hebrew, Hindi (also romanised), Indonesian, African languages
	FOREIGN("لا"), FOREIGN("ليس"), FOREIGN("لم"), FOREIGN("لن"), FOREIGN("ما"), FOREIGN("مش"), FOREIGN("بدون"),
	FOREIGN("לא"), FOREIGN("אין"), FOREIGN("בלי"), FOREIGN("नहीं"), FOREIGN("मत"), FOREIGN("nahi"), FOREIGN("nahin"),
	FOREIGN("nhi"), FOREIGN("mat"), FOREIGN("tidak"), FOREIGN("tak"), FOREIGN("bukan"), FOREIGN("jangan"), FOREIGN("ora"),
	FOREIGN("henteu"), FOREIGN("ba"), FOREIGN("babu"), FOREIGN("hapana"), FOREIGN("si"), FOREIGN("kò"),
};
// clang-format on
const size_t RULE_WORDS_N = COUNTOF(RULE_WORDS);
