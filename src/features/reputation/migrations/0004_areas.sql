-- What members have to show in their areas, for topics' pages (members, 0005); from then on written with each standing.
UPDATE member SET areas = (SELECT s.areas FROM standing s WHERE s.member_id = member.id AND s.areas <> '');
