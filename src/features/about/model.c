// SPDX-License-Identifier: AGPL-3.0-or-later
#include "about/about.h"

#include "community/community.h"
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
	ReportCloseOfArgs reports = {.subject_type = SUBJECT_MEMBER, .subject_id = member_id, .closed_at = cx->now_ms};
	TRY(report_close_of(cx, tx, &reports));
	return audit(cx, tx, S("about"), member_id, S("cleared"));
}
