// SPDX-License-Identifier: AGPL-3.0-or-later
// What the shipped weights may be trained on, with whom to thank. Sets that are for measuring only are not here.
#include "text/train.h"

// clang-format off
const TrainSet TRAIN_SETS[] = {
	{"lid_sent", TRAIN_LANGUAGE, true, false, "Leipzig Corpora Collection sentences as in the test data of lingua (Peter M. Stahl)", "CC BY 4.0 / Apache-2.0"},
	{"sent_en_tweeteval", TRAIN_SENTIMENT, false, false, "SemEval 2013-2017 task 4 (Rosenthal, Farra, Nakov); TweetEval (Barbieri et al. 2020)", "research data; texts under the terms of the network"},
	{"sent_en_uci", TRAIN_SENTIMENT, true, false, "Sentiment Labelled Sentences (Kotzias et al. 2015), UCI", "CC BY 4.0"},
	{"sent_multi_umsab", TRAIN_SENTIMENT, false, false, "UMSAB, XLM-T (Barbieri, Espinosa Anke, Camacho-Collados 2022)", "Apache-2.0; texts under the terms of the network"},
	{"sent_multi_afrisenti", TRAIN_SENTIMENT, true, false, "AfriSenti (Muhammad et al. 2023)", "CC BY 4.0"},
	{"sent_multi_nusax", TRAIN_SENTIMENT, true, false, "NusaX (Winata et al. 2023)", "CC BY-SA 4.0"},
	{"sent_multi_xedweak", TRAIN_SENTIMENT, true, false, "XED (Öhman, Pàmies, Kajava, Tiedemann 2020), emotions as polarity", "CC BY 4.0"},
	{"spam_en_sms", TRAIN_SPAM, true, false, "SMS Spam Collection (Almeida, Gómez Hidalgo 2011), UCI", "CC BY 4.0"},
	{"spam_en_youtube", TRAIN_SPAM, true, false, "YouTube Spam Collection (Alberto, Lochter, Almeida 2015), UCI", "CC BY 4.0"},
	{"intent_en_purchase", TRAIN_PURCHASE, false, false, "Predicting consumer purchase intention (H. Imran)", "MIT; texts under the terms of the network"},
	{"purchase", TRAIN_PURCHASE, true, true, "sentences written for Hearth", "AGPL-3.0-or-later"},
	{"cqa_answer_quality", TRAIN_QUALITY, false, false, "SemEval 2016-2017 task 3 (Nakov et al.), Community Question Answering (chaobotic-vasu)", "MIT; research data"},
	{"intent_en_banking77", TRAIN_TOPIC, true, false, "BANKING77 (Casanueva et al. 2020), PolyAI", "CC BY 4.0"},
	{"intent_en_clinc150", TRAIN_TOPIC, true, false, "CLINC150 (Larson et al. 2019)", "CC BY 3.0"},
	{"risk", TRAIN_RISK, true, true, "sentences written for Hearth", "AGPL-3.0-or-later"},
	{"intent_en_bitext27", TRAIN_TOPIC, true, false, "Bitext customer support intents", "CDLA-Sharing 1.0"},
};
// clang-format on
const size_t TRAIN_SETS_N = COUNTOF(TRAIN_SETS);
