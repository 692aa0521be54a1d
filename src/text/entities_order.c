// SPDX-License-Identifier: AGPL-3.0-or-later
// What words before a number say it is; order numbers and versions, which are known by such words or by their form.
#include "text/entities_impl.h"

#define CONTEXT_WORDS_MAX 400
#define ORDER_SIGNS_MAX 40

// clang-format off
static const char *const WORDS[] = {
	[CONTEXT_ORDER] = 
		"order orders ticket invoice tracking case serial customer booking reservation reference ref rma "
		"shipment parcel account sku receipt bestellung bestellnummer auftrag auftragsnummer rechnung "
		"rechnungsnummer kundennummer sendungsnummer seriennummer vorgang vorgangsnummer buchung "
		"buchungsnummer vertragsnummer paketnummer aktenzeichen artikelnummer commande facture client suivi "
		"dossier colis serie contrat pedido factura cliente seguimiento referencia reserva expediente envio "
		"contrato ordine fattura spedizione pratica prenotazione tracciamento contratto encomenda fatura "
		"rastreio rastreamento protocolo",
	[CONTEXT_PHONE] = 
		"phone telephone tel mobile cell call ring text sms fax whatsapp landline hotline dial reach ph "
		"telefon telefonnummer handy handynummer mobil mobilnummer anrufen ruf rufen rufnummer erreichen "
		"erreichbar festnetz durchwahl appelez appeler appelle joindre portable fixe telephoner telefono "
		"movil celular llamar llamame llamenme llama fijo llamad chiamare chiamatemi chiamami cellulare "
		"trovate fisso chiama chiamate ligar liga ligue liguem telefone telemovel telef fone contacto contato "
		"contact kontakt zap",
	[CONTEXT_NUMBER] = 
		"no nr n num number nummer numero id code codigo codice is de di numer ist est es",
	[CONTEXT_VERSION] = 
		"version versione versao firmware release build update ios ipados macos android windows v ver kernel "
		"ubuntu debian chrome firefox python java node php",
	[CONTEXT_KEY] = 
		"apikey token secret bearer accesskey authtoken clientsecret apitoken secretkey accesstoken "
		"privatekey",
	[CONTEXT_PASSWORD] = 
		"password passwort passwd pwd kennwort passphrase contrasena clave senha parola passe pin passcode",
	[CONTEXT_OTHER] = 
		"imei isbn ean gtin upc issn uuid",
};
// clang-format on

const WordTable *entity_contexts_new(Arena *a)
{
	WordTable *t = word_table_new(a, CONTEXT_WORDS_MAX);
	for (uint32_t i = 1; i < COUNTOF(WORDS); i++) word_table_add_all(t, WORDS[i], i);
	return t;
}

static NumberContext context(const EntityFinder *f, uint32_t word)
{
	return (NumberContext)word_table_find(f->contexts, f->signs->words[word].hash);
}

// " 5678" behind the first digits: the sign after it, 0 if there is none.
static uint32_t more_digits(const EntityFinder *f, uint32_t at)
{
	uint32_t to = signs_digits_end(f->signs, at + 1, 12);
	if (f->signs->v[at].class != SIGN_SPACE || to - at < 4 || !number_free(f, at + 1)) return 0;
	return sign_alnum(&f->signs->v[to]) ? 0 : to;
}

// A thing that an order may be called: letters, digits, dashes; how many digits it has. The sign after it.
static uint32_t order_end(const EntityFinder *f, uint32_t at, uint32_t *ret_digits)
{
	const Signs *s = f->signs;
	uint32_t i = at, digits = 0;
	for (; i - at < ORDER_SIGNS_MAX && number_free(f, i); i++) {
		bool inner = i > at && sign_in(&s->v[i], "-/_.") && sign_alnum(&s->v[i + 1]);
		if (!sign_alnum(&s->v[i]) && !inner) break;
		digits += s->v[i].class == SIGN_DIGIT;
	}
	for (uint32_t to; digits >= 3 && i - at < ORDER_SIGNS_MAX && (to = more_digits(f, i)); i = to) digits += to - i - 1;
	*ret_digits = digits;
	return i;
}

static bool number_word(const EntityFinder *f, uint32_t w, uint32_t at)
{
	const Signs *s = f->signs;
	return w < s->words_n && s->words[w].from == at && !s->words[w].digits && context(f, w) == CONTEXT_NUMBER;
}

// What may stand between the word and the number: "no.", "#", ":", "n°", "is".
static uint32_t order_from(const EntityFinder *f, uint32_t word, bool *ret_number)
{
	const Signs *s = f->signs;
	uint32_t i = s->words[word].to;
	for (uint32_t next = word + 1; i - s->words[word].to < 24; i++) {
		const Sign *v = &s->v[i];
		if (next - word < 4 && number_word(f, next, i)) {
			i = s->words[next++].to - 1;
			*ret_number = true;
		} else if (sign_alnum(v)) {
			return i;
		} else if (!sign_in(v, " :#.(") && v->c != 0xb0 && v->c != 0xba) {
			return 0;
		}
		*ret_number |= v->c == '#';
	}
	return 0;
}

// 123-1234567-1234567, as a big shop writes them.
static bool shop_form(const Signs *s, uint32_t i)
{
	static const uint8_t LENGTHS[] = {3, 7, 7};
	for (size_t k = 0; k < COUNTOF(LENGTHS); k++) {
		if (k && s->v[i++].c != '-') return false;
		for (uint32_t n = 0; n < LENGTHS[k]; n++)
			if (s->v[i++].class != SIGN_DIGIT) return false;
	}
	return !sign_alnum(&s->v[i]) && s->v[i].c != '-';
}

// ORD-12345, RMA-2024-0012, PO12345678
static bool order_prefix(const Signs *s, const SignWord *w)
{
	static const char *const PREFIXES[] = {"ord-", "inv-", "rma-", "po-", "so-", "tkt-", "case-", "order-", "ticket-"};
	for (size_t i = 0; s->v[w->to].c == '-' && i < COUNTOF(PREFIXES); i++)
		if (signs_are(s, w->from, str_from(PREFIXES[i]))) return true;
	return false;
}

static uint32_t order_begins(const EntityFinder *f, uint32_t w, bool *ret_number)
{
	const SignWord *word = &f->signs->words[w];
	if (context(f, w) == CONTEXT_ORDER) return order_from(f, w, ret_number);
	bool form = number_free(f, word->from) && (shop_form(f->signs, word->from) || order_prefix(f->signs, word));
	*ret_number = form;
	return form ? word->from : UINT32_MAX;
}

void entities_orders(EntityFinder *f)
{
	const Signs *s = f->signs;
	for (uint32_t w = 0; w < s->words_n; w++) {
		uint32_t digits;
		bool number = false;
		uint32_t from = order_begins(f, w, &number);
		if (from >= s->n || (!from && !number) || !number_free(f, from)) continue;
		uint32_t to = order_end(f, from, &digits);
		if (digits < (number ? 3u : 4u) || (!number && to - from == 4)) continue;
		entity_put_text(f, ENTITY_ORDER, from, to);
		w = signs_word_before(s, w, to);
	}
}

// "-beta2", "rc1" behind the number: the sign after it, `at` if there is none.
static uint32_t version_tail(const Signs *s, uint32_t at)
{
	static const char *const TAILS[] = {"alpha", "beta", "rc", "dev", "preview", "a", "b"};
	uint32_t from = sign_in(&s->v[at], "-+") ? at + 1 : at;
	for (size_t k = 0; k < COUNTOF(TAILS); k++) {
		Str t = str_from(TAILS[k]);
		if (!signs_are(s, from, t)) continue;
		uint32_t end = from + (uint32_t)t.n;
		if (s->v[end].c == '.' && s->v[end + 1].class == SIGN_DIGIT) end++;
		end = signs_digits_end(s, end, 6);
		if (!sign_alnum(&s->v[end])) return end;
	}
	return at;
}

// 1.2.3, 10.4-beta2: the sign after it and how many parts.
static uint32_t version_end(const EntityFinder *f, uint32_t at, uint32_t *ret_parts)
{
	const Signs *s = f->signs;
	uint32_t i = at;
	for (*ret_parts = 1; *ret_parts < 7; ++*ret_parts) {
		uint32_t end = signs_digits_end(s, i, 9);
		if (end == i || !number_free(f, i)) return 0;
		i = end;
		if (s->v[i].c != '.' || s->v[i + 1].class != SIGN_DIGIT) break;
		i++;
	}
	i = version_tail(s, i);
	return sign_alnum(&s->v[i]) ? 0 : i;
}

static bool version_said(const EntityFinder *f, uint32_t w)
{
	return w && f->signs->words[w - 1].to + 3 > f->signs->words[w].from && context(f, w - 1) == CONTEXT_VERSION;
}

void entities_versions(EntityFinder *f)
{
	const Signs *s = f->signs;
	for (uint32_t w = 0; w < s->words_n; w++) {
		uint32_t from = s->words[w].from, parts;
		bool v = s->v[from].c == 'v' && s->v[from + 1].class == SIGN_DIGIT, sure = v || version_said(f, w);
		uint32_t digits = from + v;
		if (s->v[digits].class != SIGN_DIGIT || !number_free(f, digits) || signs_glued(s, from, ".,-")) continue;
		uint32_t to = version_end(f, digits, &parts);
		if (!to || (!sure && (parts < 3 || parts > 4))) continue;
		size_t value = f->values.n;
		buf_str(&f->values, signs_text(s, digits, to));
		entity_put(f, ENTITY_VERSION, from, to, value);
		w = signs_word_before(s, w, to);
	}
}
