// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/json.h"
#include "members.h"

#define LEVEL_PLAIN 3
#define DATA_BYTES ((size_t)1024)

Status members_earn_badge(Ctx *cx, Tx *tx, Id member, Str id, Str name)
{
	int64_t changed;
	Str origin = str_format(cx->arena, "rules/badge/%.*s/%lld", STR(id), (long long)member);
	TRY(badge_insert(cx, tx,
					 &(BadgeInsertArgs){.id = ctx_id(cx),
										.member_id = member,
										.name = name,
										.level = LEVEL_PLAIN,
										.at_ms = cx->now_ms,
										.origin_id = origin},
					 &changed));
	if (!changed) return ST_OK;
	Buf data = buf_init(cx->arena, 64, DATA_BYTES);
	Json j = json_init(&data);
	json_obj(&j);
	json_key(&j, "badge");
	json_str(&j, name);
	json_end(&j);
	TRY(buf_status(cx, &data));
	return fact_append(cx, tx,
					   &(Fact){.kind = FACT_BADGE_EARNED,
							   .subject_type = SUBJECT_MEMBER,
							   .subject_id = member,
							   .target_id = member,
							   .value = LEVEL_PLAIN,
							   .data = buf_view(&data)});
}

Status members_put_circle(Ctx *cx, Tx *tx, const MemberCircle *c)
{
	return member_put_circle(
		cx, tx,
		&(MemberPutCircleArgs){.id = c->id, .circle = c->circle, .circle_since = c->since, .circle_area = c->area});
}
