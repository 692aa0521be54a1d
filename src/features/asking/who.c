// SPDX-License-Identifier: AGPL-3.0-or-later
#include "asking/who.h"

#include "asking/terms.h"
#include "base/idmap.h"
#include "base/utf8.h"
#include "text/plain.h"

#include <math.h>
#include <stdlib.h>

#define TITLE_BYTES 300
#define BODY_BYTES 4000
#define TITLE_TIMES 2
#define TAG_TIMES 2
#define DOCS_READ 200
#define POSTS_READ 4000
#define NEWEST_READ 300
#define ANSWERS_READ 40
#define LENGTH_SHARE 0.3 // of a post's length that counts against it
#define LENGTH_MOST 4.0  // times the mean
#define ANY_ANSWER 0.001 // what an answer is worth whatever it was about
#define ALIKE_LEAST 0.3  // of the best, to be named as like it
#define HALF_LEAST_DAYS 14.0
#define HALF_MOST_DAYS 60.0
#define SOLVED_HALF_DAYS 30.0 // of a solution in the question's tags
#define HELPED_HALF_DAYS 30.0
#define DEADLINE_MS 1000

// The weights. docs/asking.md says how they were chosen and what others give.
#define WEIGHT_AWAY 0.3
#define WEIGHT_HELPED 0.2
#define WEIGHT_SOLVED 0.2
#define SCORE_UNIT 1000
#define NOTHING 0.001 // added, so that nobody is impossible
#define NO_HELP 0.2
#define NO_SOLUTION 0.5

typedef struct Likeness {
	Id doc;
	double shared; // of what all words of the question are worth
} Likeness;

typedef struct Said { // an answer on its way to its author's sum
	uint32_t who;
	double alike;
	bool solved;
} Said;

typedef struct Candidate {
	Id id;
	bool here; // has answered the question already
	double sum;
	int64_t like_n, like_solved_n;
} Candidate;

typedef struct Asked {
	Ctx *cx;
	Db *db;
	Arena *room; // for the time of the call
	const WhoArgs *args;
	Time before, judged;
	AskingTerms terms;
	Likeness *docs;
	size_t docs_n;
	double mean_bytes, half_days;
	WhoPostsRows posts;
	Candidate *people;
	size_t people_n;
} Asked;

static double days(Time ms) { return (double)ms / (double)TIME_DAY_MS; }

static void read_question(Asked *a)
{
	const WhoTopicRow *t = a->args->topic;
	AskingTermsReader r = asking_terms_begin(a->room, &a->terms);
	asking_terms_add(&r, utf8_cut(t->title, TITLE_BYTES), TITLE_TIMES);
	asking_terms_drop(&r);
	asking_terms_add(&r, t->tags, TAG_TIMES);
	asking_terms_add(&r, html_plain(a->room, t->body, BODY_BYTES), 1);
	asking_terms_done(&r);
}

static int by_doc(const void *a, const void *b)
{
	Id x = ((const Likeness *)a)->doc, y = ((const Likeness *)b)->doc;
	return (x < y) - (x > y);
}

static int by_shared(const void *a, const void *b)
{
	const Likeness *x = a, *y = b;
	if (x->shared != y->shared) return x->shared > y->shared ? -1 : 1;
	return by_doc(a, b);
}

// Posts by the share of the question's words that they have.
static Status find_docs(Asked *a)
{
	size_t n = 0, kept = 0;
	double whole = 0;
	if (!a->terms.n) return ST_OK;
	TRY(asking_terms_find(a->cx, a->db, &a->terms, a->args->as_asked ? a->args->topic->doc : INT64_MAX));
	Likeness *v = ARENA_NEW(a->room, Likeness, a->terms.n * ASKING_DOCS_OF_TERM + 1);
	for (size_t i = 0; i < a->terms.n; i++) {
		const AskingTerm *t = &a->terms.v[i];
		double worth = t->worth * sqrt(t->times);
		Cursor c = cursor_of(t->docs);
		if (t->docs.n) whole += worth;
		while (cursor_int(&c, 1, INT64_MAX, &v[n].doc)) {
			if (v[n].doc != a->args->topic->doc) v[n++].shared = worth;
			if (!cursor_take(&c, ',')) break;
		}
	}
	qsort(v, n, sizeof *v, by_doc);
	for (size_t i = 0; i < n; i++) {
		if (kept && v[kept - 1].doc == v[i].doc) v[kept - 1].shared += v[i].shared / whole;
		else v[kept++] = (Likeness){v[i].doc, v[i].shared / whole};
	}
	qsort(v, kept, sizeof *v, by_shared);
	a->docs = v;
	a->docs_n = kept;
	return ST_OK;
}

static Status read_posts(Asked *a)
{
	size_t n = size_min(a->docs_n, DOCS_READ);
	Id *ids = ARENA_NEW(a->room, Id, n + 1);
	for (size_t i = 0; i < n; i++) ids[i] = a->docs[i].doc;
	ids[n++] = a->args->topic->doc; // who has answered there
	qsort(a->docs, a->docs_n, sizeof *a->docs, by_doc);
	return who_posts(a->cx, a->db,
					 &(WhoPostsArgs){.docs = ids_json(a->cx->arena, ids, n),
									 .before = a->before,
									 .judged = a->judged,
									 .below = a->args->as_asked ? a->args->topic->doc : INT64_MAX,
									 .newest = NEWEST_READ,
									 .visibility = (int64_t)actor_clearance(a->cx),
									 .limit = POSTS_READ},
					 &a->posts);
}

// How long ago is long ago here, and how long a post is.
static void measure(Asked *a)
{
	int64_t bytes = 0, questions = 0;
	Time first = a->before;
	for (size_t i = 0; i < a->posts.n; i++) {
		const WhoPostsRow *p = &a->posts.v[i];
		bytes += p->text_n;
		if (!p->fresh) continue;
		questions += p->number == 0;
		first = i64_min(first, p->created_at);
	}
	double all = questions ? days(a->before - first) * WHO_QUESTIONS / (double)questions : HALF_MOST_DAYS;
	a->half_days = fmin(fmax(all, HALF_LEAST_DAYS), HALF_MOST_DAYS);
	a->mean_bytes = fmax((double)bytes / (double)size_max(a->posts.n, 1), 1);
}

static double alike(const Asked *a, const WhoPostsRow *p)
{
	const Likeness *l = bsearch(&(Likeness){.doc = p->doc}, a->docs, a->docs_n, sizeof *a->docs, by_doc);
	double longer = fmin((double)p->text_n / a->mean_bytes, LENGTH_MOST);
	return l ? l->shared / (1 - LENGTH_SHARE + LENGTH_SHARE * longer) : 0;
}

static Candidate *candidate_of(Asked *a, IdMap *numbers, Id id, uint32_t *ret_number)
{
	if (idmap_number(a->cx, numbers, id, ret_number) != ST_OK) return NULL;
	a->people_n = size_max(a->people_n, *ret_number);
	Candidate *c = &a->people[*ret_number - 1];
	c->id = id;
	return c;
}

// Sums what each answer says for its author.
static Status weigh(Asked *a)
{
	size_t n = 0;
	double best = 0;
	IdMap numbers = idmap_init(a->room, a->posts.n + 1), openings = idmap_init(a->room, a->posts.n + 1),
		  seen = idmap_init(a->room, a->posts.n + 1);
	Said *said = ARENA_NEW(a->room, Said, a->posts.n + 1);
	a->people = ARENA_NEW(a->room, Candidate, a->posts.n + 1);
	for (size_t i = 0; i < a->posts.n; i++)
		if (a->posts.v[i].number == 0) *idmap_at(&openings, a->posts.v[i].topic_id) = (uint32_t)i + 1;
	for (size_t i = 0; i < a->posts.n; i++) {
		const WhoPostsRow *p = &a->posts.v[i];
		uint32_t opening = idmap_find(&openings, p->topic_id), *once = idmap_at(&seen, p->doc);
		if (*once || p->number == 0 || !p->author_id || p->author_id == a->args->topic->author_id) continue;
		*once = 1;
		Said *s = &said[n++];
		Candidate *c = candidate_of(a, &numbers, p->author_id, &s->who);
		if (!c) return ST_TOO_LARGE;
		c->here |= p->topic_id == a->args->topic->id;
		s->alike = alike(a, p) + (opening ? alike(a, &a->posts.v[opening - 1]) : 0);
		s->solved = p->solved;
		c->sum += exp2(-days(a->before - p->created_at) / a->half_days) *
				  (ANY_ANSWER + s->alike * s->alike * sqrt(s->alike));
		best = fmax(best, s->alike);
	}
	for (size_t i = 0; i < n; i++) {
		Candidate *c = &a->people[said[i].who - 1];
		bool like = best > 0 && said[i].alike >= best * ALIKE_LEAST;
		c->like_n += like;
		c->like_solved_n += like && said[i].solved;
	}
	return ST_OK;
}

static int by_sum(const void *a, const void *b)
{
	const Candidate *x = a, *y = b;
	if (x->sum != y->sum) return x->sum > y->sum ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

// Of somebody's newest answers: when the last was, how soon they come, whom and where they helped.
typedef struct Habit {
	Time delays[ANSWERS_READ];
	size_t n;
	double helped, solved;
	int64_t in_tag[TAGS_MAX];
	Str tags[TAGS_MAX];
	size_t tags_n;
} Habit;

static int by_time(const void *a, const void *b)
{
	Time x = *(const Time *)a, y = *(const Time *)b;
	return (x > y) - (x < y);
}

static void split_tags(Str tags, Habit *h)
{
	Cursor c = cursor_of(tags);
	while (h->tags_n < TAGS_MAX && cursor_until(&c, S(" "), tags.n, &h->tags[h->tags_n])) {
		h->tags_n += h->tags[h->tags_n].n > 0;
		if (!cursor_take(&c, ' ')) break;
	}
}

typedef struct Answer {
	Time at, asked_at;
	Id asker;
	int64_t solved;
	Str tags;
} Answer;

static bool read_answer(Cursor *c, Answer *ret)
{
	*ret = (Answer){0};
	bool read = cursor_int(c, 0, INT64_MAX, &ret->at) && cursor_take(c, ',') &&
				cursor_int(c, 0, INT64_MAX, &ret->asked_at) && cursor_take(c, ',') &&
				cursor_int(c, 0, INT64_MAX, &ret->asker) && cursor_take(c, ',') && cursor_int(c, 0, 1, &ret->solved) &&
				cursor_take(c, ',');
	if (!read || !cursor_until(c, S("\n"), SIZE_MAX, &ret->tags)) ret->tags = str_none(); // a topic may have none
	return read;
}

static void add_answer(const Asked *a, const Answer *said, Habit *h, WhoPerson *p)
{
	double ago = days(a->before - said->at);
	p->answered_at = i64_max(p->answered_at, said->at);
	h->delays[h->n++] = i64_max(said->at - said->asked_at, 1);
	if (said->asker && said->asker == a->args->topic->author_id) {
		p->helped_n++;
		h->helped += exp2(-ago / HELPED_HALF_DAYS);
	}
	for (size_t i = 0; said->solved && i < h->tags_n; i++) {
		if (!str_has_word(said->tags, h->tags[i])) continue;
		h->solved += exp2(-ago / SOLVED_HALF_DAYS);
		h->in_tag[i] += ago <= WHO_RECENT_DAYS;
	}
}

static void look_at(const Asked *a, const Candidate *c, const WhoPeopleRow *row, WhoPerson *p)
{
	Habit h = {0};
	Cursor lines = cursor_of(row->answers);
	*p = (WhoPerson){.row = *row, .like_n = c->like_n, .like_solved_n = c->like_solved_n};
	split_tags(a->args->topic->tags, &h);
	Answer said;
	while (h.n < ANSWERS_READ && read_answer(&lines, &said)) {
		add_answer(a, &said, &h, p);
		if (!cursor_take(&lines, '\n')) break;
	}
	for (size_t i = 0; i < h.tags_n; i++)
		if (h.in_tag[i] > p->area_solved_n) p->area_solved_n = h.in_tag[i], p->area = h.tags[i];
	qsort(h.delays, h.n, sizeof *h.delays, by_time);
	if (h.n >= WHO_DELAYS_MIN) p->delay_ms = h.delays[h.n / 2];
	p->part[WHO_ANSWERS] = llround(log(c->sum + NOTHING) * SCORE_UNIT);
	p->part[WHO_AWAY] = llround(-WEIGHT_AWAY * log1p(days(a->before - p->answered_at)) * SCORE_UNIT);
	p->part[WHO_HELPED] = llround(WEIGHT_HELPED * log(h.helped + NO_HELP) * SCORE_UNIT);
	p->part[WHO_SOLVED] = llround(WEIGHT_SOLVED * log(h.solved + NO_SOLUTION) * SCORE_UNIT);
	for (size_t i = 0; i < WHO_PARTS_N; i++) p->score += p->part[i];
}

static bool may_be_named(const Asked *a, const WhoPeopleRow *m)
{
	Actor actor = actor_member(m->id, m->handle, (Role)m->role, (Affiliation)m->affiliation);
	actor.circle = (Circle)m->circle;
	Ctx theirs = {.actor = &actor};
	return !m->deleted_at && !m->board_off && m->circle != CIRCLE_RESTING &&
		   (int64_t)actor_clearance(&theirs) >= a->args->topic->visibility;
}

static int by_score(const void *a, const void *b)
{
	const WhoPerson *x = a, *y = b;
	if (x->score != y->score) return x->score > y->score ? -1 : 1;
	return (x->row.id > y->row.id) - (x->row.id < y->row.id);
}

// The first by their answers are looked at; the first of these by all are told.
static Status choose(Asked *a, WhoPeople *ret)
{
	Ctx *cx = a->cx;
	Id ids[WHO_LIMIT_MAX];
	WhoPeopleRows rows;
	qsort(a->people, a->people_n, sizeof *a->people, by_sum);
	size_t n = 0;
	for (size_t i = 0; i < a->people_n && n < WHO_LIMIT_MAX; i++)
		if (!a->people[i].here) a->people[n] = a->people[i], ids[n] = a->people[i].id, n++;
	if (!n) return ST_OK;
	TRY(who_people(cx, a->db,
				   &(WhoPeopleArgs){.members = ids_json(cx->arena, ids, n),
									.before = a->before,
									.judged = a->judged,
									.visibility = (int64_t)actor_clearance(cx),
									.each = ANSWERS_READ},
				   &rows));
	ret->v = ARENA_NEW(cx->arena, WhoPerson, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++)
		for (size_t k = 0; k < n; k++)
			if (ids[k] == rows.v[i].id && may_be_named(a, &rows.v[i]))
				look_at(a, &a->people[k], &rows.v[i], &ret->v[ret->n++]);
	qsort(ret->v, ret->n, sizeof *ret->v, by_score);
	ret->n = size_min(ret->n, a->args->limit);
	return ST_OK;
}

static Status find(Asked *a, WhoPeople *ret)
{
	read_question(a);
	TRY(find_docs(a));
	TRY(read_posts(a));
	measure(a);
	TRY(weigh(a));
	return choose(a, ret);
}

Status asking_who(Ctx *cx, Db *db, const WhoArgs *args, WhoPeople *ret_people)
{
	AUTO(Arena) room = arena_new(ARENA_CAP_BYTES);
	Time asked = args->topic->created_at;
	Asked a = {.cx = cx,
			   .db = db,
			   .room = room,
			   .args = args,
			   .before = args->as_asked ? asked : cx->now_ms + 1,
			   .judged = args->as_asked ? asked - asked % TIME_DAY_MS : INT64_MAX};
	WhoPeople found = {0};
	db_deadline(db, DEADLINE_MS);
	Status st = find(&a, &found);
	db_deadline(db, 0);
	if (st == ST_OK) *ret_people = found;
	return st;
}
