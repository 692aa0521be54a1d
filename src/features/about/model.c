// SPDX-License-Identifier: AGPL-3.0-or-later
#include "about/about.h"

#include "base/utf8.h"
#include "core/job.h"
#include "members/members.h"
#include "text/markdown.h"

Status about_prepare(Ctx *cx, Str source, About *ret)
{
	source = str_trim(source);
	*ret = (About){.source = source, .html.s = str_none()};
	if (source.n > ABOUT_MAX_BYTES) {
		field_error(cx, "body", "about.long");
		return fail(cx, ST_INVALID, "the text is too long");
	}
	return source.n ? markdown_render(cx, source, &ret->html) : ST_OK;
}

Status about_put_own(Ctx *cx, Tx *tx, const About *about)
{
	Id id = cx->actor->id;
	TRY(members_set_about(cx, tx, id, about->html));
	if (!about->source.n) return about_delete(cx, tx, &(AboutDeleteArgs){.member_id = id});
	return about_put(cx, tx, &(AboutPutArgs){.member_id = id, .source = about->source, .at_ms = cx->now_ms});
}

Status about_clear(Ctx *cx, Tx *tx, Id member_id)
{
	TRY(members_set_about(cx, tx, member_id, (SafeHtml){.s = str_none()}));
	TRY(about_delete(cx, tx, &(AboutDeleteArgs){.member_id = member_id}));
	TRY(profile_report_close_of(cx, tx, &(ProfileReportCloseOfArgs){.member_id = member_id, .closed_at = cx->now_ms}));
	return audit(cx, tx, S("about"), member_id, S("cleared"));
}

Status about_report(Ctx *cx, Tx *tx, Id member_id, Str note, bool *ret_new)
{
	int64_t n;
	note = utf8_cut(str_trim(note), ABOUT_NOTE_MAX_BYTES);
	TRY(profile_report_insert(cx, tx,
							  &(ProfileReportInsertArgs){.id = ctx_id(cx),
														 .member_id = member_id,
														 .reporter_id = cx->actor->id,
														 .note = note.n ? note : str_none(),
														 .at_ms = cx->now_ms},
							  &n));
	*ret_new = n > 0;
	return ST_OK;
}
