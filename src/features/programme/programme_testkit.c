// SPDX-License-Identifier: AGPL-3.0-or-later
#include "programme/programme_testkit.h"

#include "community/model_testkit.h"

static Status perform(Ctx *cx, Tx *tx, void *arg)
{
	const Do *d = arg;
	ProgrammeTerms terms = {.text = {.source = d->text}, .days = d->n};
	switch (d->deed) {
	case TERMS: TRY(community_text_prepare(cx, &terms.text)); return programme_terms(cx, tx, &terms);
	case SPACE: return programme_space_make(cx, tx);
	case PROPOSE: return programme_propose(cx, tx, d->member, S("kettle"), d->text);
	case INVITE: return programme_invite(cx, tx, d->member, S("kettle"), d->text);
	case ACCEPT: return programme_accept(cx, tx, d->member, d->n);
	case DECLINE: return programme_decline(cx, tx, d->member, d->text);
	case RENEW: return programme_renew(cx, tx, d->member, d->text);
	case THANK: return programme_thank(cx, tx, d->member, d->text);
	case REST: return programme_rest(cx, tx, d->member, d->n, d->text);
	case RETURN: return programme_return(cx, tx, d->member);
	case END: return programme_end(cx, tx, d->member, d->text);
	}
	return ST_INTERNAL;
}

Status programme_step(Town *t, Do d)
{
	if (!d.text.p) d.text = S("");
	fail_clear(t->cx);
	return store_write(t->cx, t->store, perform, &d);
}
