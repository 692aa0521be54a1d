// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/app.h"

#include "about/feature.h"
#include "asking/feature.h"
#include "attention/feature.h"
#include "boards/feature.h"
#include "demo/demo.h"
#include "fairplay/fairplay.h"
#include "help/feature.h"
#include "insight/feature.h"
#include "opinions/feature.h"
#include "programme/programme.h"
#include "rulebook/feature.h"
#include "stackexchange/feature.h"
#include "standing/standing.h"
#include "superusers/feature.h"
#include "trends/feature.h"

// THE list: a feature is added here and in src/features/ORDER.
void app_features(App *app)
{
	app->features[0] = (Feature){
		.name = "core", .migrations = core_migrations, .migrations_n = &core_migrations_n, .settings = core_settings};
	size_t n = 1;
	app->features[n++] = members_feature();
	app->features[n++] = community_feature(&app->community_routes);
	app->features[n++] = standing_feature();
	app->features[n++] = rulebook_feature();
	app->features[n++] = boards_feature();
	app->features[n++] = superusers_feature();
	app->features[n++] = trends_feature();
	app->features[n++] = insight_feature(&app->insight_routes);
	app->features[n++] = opinions_feature();
	app->features[n++] = fairplay_feature();
	app->features[n++] = programme_feature();
	app->features[n++] = asking_feature();
	app->features[n++] = about_feature();
	app->features[n++] = attention_feature();
	app->features[n++] = help_feature();
	app->features[n++] = stackexchange_feature();
	app->features[n++] = demo_feature();
	app->features[n] = admin_feature(&app->admin_routes, app->features, n);
	n++;
	app->features_n = n;
	for (size_t i = 0; i < app->features_n; i++) app->feature_list[i] = &app->features[i];
}
