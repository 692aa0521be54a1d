// SPDX-License-Identifier: AGPL-3.0-or-later
#include "community/pages.h"

#include "text/plain.h"
#include "web/html.h"

#define FEED_ENTRIES 30
#define SITEMAP_URLS_MAX 10000

static const FormField SITEMAP_FORM[] = {LINE("after", 0, 20, "error.value")};

// Bytes of a character that XML has no place for (a control, U+FFFE, U+FFFF), though text may; else 0.
static size_t no_xml(Str s, size_t at)
{
	unsigned char c = (unsigned char)s.p[at];
	if (c < 0x20) return c != '\t' && c != '\n' && c != '\r';
	return c == 0xef && at + 2 < s.n && s.p[at + 1] == '\xbf' && (unsigned char)s.p[at + 2] >= 0xbe ? 3 : 0;
}

// Escaped by the same function as on pages. One such character would make the whole feed unreadable.
static void xml_text(Buf *b, Str s)
{
	size_t from = 0;
	for (size_t at = 0; at < s.n;) {
		size_t n = no_xml(s, at);
		if (n) {
			html_text_str(b, str_sub(s, from, at));
			buf_str(b, S("\xef\xbf\xbd"));
			from = at + n;
		}
		at += n ? n : 1;
	}
	html_text_str(b, str_sub(s, from, s.n));
}

static void feed_link(Buf *b, const char *rel, Str base, Str path)
{
	buf_format(b, "<link rel=\"%s\" href=\"", rel);
	html_attr_str(b, base);
	html_attr_str(b, path);
	buf_str(b, S("\"/>"));
}

// Atom (RFC 4287). page: what the feed is of.
static void feed_begin(Ctx *cx, const Req *req, Buf *b, Str title, Str page, Time updated)
{
	Str base = web_base_url(cx, req), self = req->http->path;
	buf_str(b, S("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>"));
	xml_text(b, title);
	buf_str(b, S("</title><id>"));
	html_text_str(b, base);
	html_text_str(b, self);
	buf_str(b, S("</id>"));
	feed_link(b, "self", base, self);
	feed_link(b, "alternate", base, page);
	buf_str(b, S("<updated>"));
	time_format_iso(b, updated ? updated : cx->now_ms);
	buf_str(b, S("</updated>\n"));
}

// The id has to stay when the title, and with it the path, is edited.
typedef struct FeedEntry {
	char kind; // t, p: what its permanent address begins with
	Id id;
	Str title, path, author;
	Time published, updated;
	SafeHtml content;
} FeedEntry;

static void feed_entry(Ctx *cx, const Req *req, Buf *b, const FeedEntry *e)
{
	Str base = web_base_url(cx, req);
	buf_str(b, S("<entry><title>"));
	xml_text(b, e->title);
	buf_str(b, S("</title><id>"));
	html_text_str(b, base);
	buf_format(b, "/%c/", e->kind);
	buf_id(b, e->id);
	buf_str(b, S("</id>"));
	feed_link(b, "alternate", base, e->path);
	buf_str(b, S("<author><name>"));
	xml_text(b, e->author.n ? e->author : S("?"));
	buf_str(b, S("</name></author><published>"));
	time_format_iso(b, e->published);
	buf_str(b, S("</published><updated>"));
	time_format_iso(b, e->updated);
	buf_str(b, S("</updated>"));
	if (e->content.s.n) {
		buf_str(b, S("<content type=\"html\">"));
		xml_text(b, e->content.s);
		buf_str(b, S("</content>"));
	}
	buf_str(b, S("</entry>\n"));
}

// The feed of a page has that page's address and "/feed.atom".
static Str feed_of(const Req *req)
{
	Str path = req->http->path;
	size_t own = S("/feed.atom").n;
	return path.n > own ? str_sub(path, 0, path.n - own) : S("/");
}

static Status topics_feed(Ctx *cx, const Req *req, Res *res, Str title, const TopicListActiveRow *v, size_t n)
{
	res->content_type = S("application/atom+xml; charset=utf-8");
	feed_begin(cx, req, &res->body, title, feed_of(req), n ? v[0].bumped_at : 0);
	for (size_t i = 0; i < n; i++)
		feed_entry(cx, req, &res->body,
				   &(FeedEntry){.kind = 't',
								.id = v[i].id,
								.title = v[i].title,
								.path = path_topic(cx->arena, v[i].id, v[i].slug),
								.author = v[i].author.n ? v[i].author : v[i].author_name,
								.published = v[i].created_at,
								.updated = v[i].bumped_at});
	buf_str(&res->body, S("</feed>\n"));
	return ST_OK;
}

static Status site_feed(Ctx *cx, const Req *req, Res *res)
{
	TopicListActiveRows rows;
	TopicListActiveArgs args = {.at = INT64_MAX, .id = INT64_MAX, .limit = FEED_ENTRIES, .clearance = VISIBLE_PUBLIC};
	TRY(topic_list_active(cx, req->db, &args, &rows));
	return topics_feed(cx, req, res, cx->site->name, rows.v, rows.n);
}

static Status space_feed(Ctx *cx, const Req *req, Res *res)
{
	SpaceFindBySlugRow space;
	TRY(visible_space(cx, req->db, req_str(req, "slug"), &space));
	TopicListSpaceActiveRows rows;
	TopicListSpaceActiveArgs args = {.space_id = space.id, .at = INT64_MAX, .id = INT64_MAX, .limit = FEED_ENTRIES};
	TRY(topic_list_space_active(cx, req->db, &args, &rows));
	return topics_feed(cx, req, res, space.title, (const void *)rows.v, rows.n);
}

static Status tag_feed(Ctx *cx, const Req *req, Res *res)
{
	TagFindRow tag;
	TRY(visible_tag(cx, req->db, req_str(req, "tag"), &tag));
	TopicListTagRows rows;
	TopicListTagArgs args = {.tag_id = tag.id, .id = INT64_MAX, .limit = FEED_ENTRIES, .clearance = VISIBLE_PUBLIC};
	TRY(topic_list_tag(cx, req->db, &args, &rows));
	return topics_feed(cx, req, res, tag.name, (const void *)rows.v, rows.n);
}

static Status topic_feed(Ctx *cx, const Req *req, Res *res)
{
	TopicGetRow t;
	TRY(visible_topic(cx, req->db, req_id(req, "topic"), &t));
	PostListPageRows rows;
	PostListPageArgs args = {.topic_id = t.id, .from = i64_max(0, t.posts_n - FEED_ENTRIES), .limit = FEED_ENTRIES};
	TRY(post_list_page(cx, req->db, &args, &rows));
	res->content_type = S("application/atom+xml; charset=utf-8");
	feed_begin(cx, req, &res->body, t.title, path_topic(cx->arena, t.id, t.slug), t.bumped_at);
	for (size_t i = rows.n; i-- > 0;) { // newest first
		const PostListPageRow *p = &rows.v[i];
		feed_entry(cx, req, &res->body,
				   &(FeedEntry){.kind = 'p',
								.id = p->id,
								.title = t.title,
								.path = path_post(cx->arena, t.id, t.slug, p->id, p->number),
								.author = p->author.n ? p->author : p->author_name,
								.published = p->created_at,
								.updated = p->edited_at ? p->edited_at : p->created_at,
								.content = p->body});
	}
	buf_str(&res->body, S("</feed>\n"));
	return ST_OK;
}

// The sitemap is paged by topic id: the index names the first id of each page.
static Status sitemap_index(Ctx *cx, const Req *req, Res *res)
{
	Str base = web_base_url(cx, req);
	Buf *b = &res->body;
	res->content_type = S("application/xml; charset=utf-8");
	buf_str(b, S("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex "
				 "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"));
	Id after = 0;
	for (size_t page = 0; page < 1000; page++) {
		SitemapPageRow row;
		buf_str(b, S("<sitemap><loc>"));
		html_text_str(b, base);
		buf_str(b, S("/sitemap-topics.xml?after="));
		if (after) buf_id(b, after);
		buf_str(b, S("</loc></sitemap>\n"));
		TRY(sitemap_page(cx, req->db, &(SitemapPageArgs){.after = after, .limit = SITEMAP_URLS_MAX}, &row));
		if (row.n < SITEMAP_URLS_MAX) break;
		after = row.id;
	}
	buf_str(b, S("</sitemapindex>\n"));
	return ST_OK;
}

static Status sitemap_topics(Ctx *cx, const Req *req, Res *res)
{
	Id after = 0;
	if (req_str(req, "after").n && !id_parse(req_str(req, "after"), &after))
		return fail(cx, ST_NOT_FOUND, "no such page of the sitemap");
	Str base = web_base_url(cx, req);
	Buf *b = &res->body;
	TopicListAfterRows rows;
	TRY(topic_list_after(cx, req->db, &(TopicListAfterArgs){.after = after, .limit = SITEMAP_URLS_MAX}, &rows));
	res->content_type = S("application/xml; charset=utf-8");
	buf_str(b, S("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset "
				 "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"));
	for (size_t i = 0; i < rows.n; i++) {
		buf_str(b, S("<url><loc>"));
		html_text_str(b, base);
		html_text_str(b, path_topic(cx->arena, rows.v[i].id, rows.v[i].slug));
		buf_str(b, S("</loc><lastmod>"));
		time_format_iso(b, rows.v[i].bumped_at);
		buf_str(b, S("</lastmod></url>\n"));
	}
	buf_str(b, S("</urlset>\n"));
	return ST_OK;
}

static Status robots(Ctx *cx, const Req *req, Res *res)
{
	res->content_type = S("text/plain; charset=utf-8");
	buf_format(&res->body,
			   "User-agent: *\nDisallow: /search\nDisallow: /sign-in\nDisallow: /sign-up\nDisallow: /ask\n"
			   "Disallow: /p/\nSitemap: %.*s/sitemap.xml\n",
			   STR(web_base_url(cx, req)));
	return ST_OK;
}

// clang-format off
const Route community_feed_routes[] = {
	READ("/feed.atom", RIGHT_READ, site_feed, .flags = ROUTE_CACHED, .doc = "Atom: latest activity"),
	READ("/s/{slug}/feed.atom", RIGHT_READ, space_feed, .flags = ROUTE_CACHED, .doc = "Atom: a space"),
	READ("/tag/{tag}/feed.atom", RIGHT_READ, tag_feed, .flags = ROUTE_CACHED, .doc = "Atom: a tag"),
	READ("/t/{topic:id}/feed.atom", RIGHT_READ, topic_feed, .flags = ROUTE_CACHED, .doc = "Atom: a topic"),
	READ("/sitemap.xml", RIGHT_READ, sitemap_index, .flags = ROUTE_CACHED, .doc = "Sitemap index"),
	READ("/sitemap-topics.xml", RIGHT_READ, sitemap_topics, .form = FORM(SITEMAP_FORM), .flags = ROUTE_CACHED, .doc = "A page of the sitemap"),
	READ("/robots.txt", RIGHT_READ, robots, .flags = ROUTE_CACHED, .doc = "For crawlers"),
};
// clang-format on
const size_t community_feed_routes_n = COUNTOF(community_feed_routes);
