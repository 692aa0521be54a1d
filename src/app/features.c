// SPDX-License-Identifier: AGPL-3.0-or-later
#include "app/app.h"

#include "boards/feature.h"
#include "demo/demo.h"
#include "help/feature.h"
#include "insight/feature.h"
#include "opinions/feature.h"
#include "rulebook/feature.h"
#include "stackexchange/feature.h"
#include "standing/standing.h"
#include "superusers/feature.h"

// THE list: a feature is added here and in src/features/ORDER.
void app_features(App *app)
{
	app->features[0] = (Feature){
		.name = "core", .migrations = core_migrations, .migrations_n = &core_migrations_n, .settings = core_settings};
	app->features[1] = members_feature();
	app->features[2] = community_feature(&app->community_routes);
	app->features[3] = standing_feature();
	app->features[4] = rulebook_feature();
	app->features[5] = boards_feature();
	app->features[6] = superusers_feature();
	app->features[7] = insight_feature(&app->insight_routes);
	app->features[8] = opinions_feature();
	app->features[9] = help_feature();
	app->features[10] = stackexchange_feature();
	app->features[11] = demo_feature();
	app->features_n = 12;
	for (size_t i = 0; i < app->features_n; i++) app->feature_list[i] = &app->features[i];
}
