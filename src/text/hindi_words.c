// SPDX-License-Identifier: AGPL-3.0-or-later
// Romanised Hindi has no list of words that are good or bad, so this one was written for Hearth: everyday words, abuse and the
// commonest loanwords, in the spellings that people use. Names, parties and nicknames are left out on purpose.
#include "text/lexicon.h"

// clang-format off
const OwnWords HINDI_WORDS[] = {
	{30,
	 "badhiya badhiyaa badiyaa umda shandar shaandar shandaar behtareen behtarin zabardast jabardast gazab "
	 "gajab ghazab lajawab adbhut anokha anmol pyar pyaar prem ishq mohabbat muhabbat luv lov jaan jaanu "
	 "awsome awsm superb suprb supar grt gr8 bst waow thanx thnx thnks thx tysm love lovely best great nice "
	 "super awesome"},
	{25,
	 "khush khushi khushiyan khushiya anand maza mazaa maja maje maze mazza masti hansi hasi muskan muskaan "
	 "pasand pasandida mubarak mubarik badhai badhaai badhaiyan shubhkamnaye shukriya dhanyavad dhanyawad "
	 "dhanyvad shukran inshallah mashallah masha jai zindabad jindabad shabash shabaash wah waah vah vaah "
	 "kamal kamaal deewana diwana deewani diwani dhamaka dhamakedar dhansu dhaansu toofani fadu faadu phaadu "
	 "faad jhakaas jhakas mast masst bindas bindaas favrt favrit lajwab bdhiya badhia bdiya bahtreen mazaaa "
	 "khushhal fan dil hit superhit"},
	{20,
	 "accha achha acchi acche achhi achhe theek badiya behtar sahi sundar khubsurat khoobsurat pyara pyari "
	 "pyaare suhana mazedar majedar rochak asan aasan saaf sacha sachcha sachi imandar imaandar samajhdar "
	 "hoshiyar bahadur mahan kamyab kamyabi safal safalta vijay jeet jeete jeeta jeetenge tarakki vikas umeed "
	 "ummid bharosa vishwas wishwas aaram sukoon shanti suvidha fayda faida labh madad sahayata dosti dost "
	 "yaari swagat namaskar pranam salaam samman izzat garv naaz fakhr laajawab kabil tareef prashansa dua "
	 "duaa ashirwad aashirwad kripa meharbani mehrbani krupa chamatkar pyare dulare nek dayalu mehnati sahasi "
	 "bahaduri veer sachai sachhai sachchai imandari vafadar wafadar sasta sasti majboot mazboot mazbut tikau "
	 "ummeed suhani rangeen romanchak sahas prasann santusht santushti aabhar aabhari abhari shubh mangal sukh "
	 "sukhi saubhagya jashn inaam tohfa tohfe uphaar uphar priya ruchi upyogi labhdayak sahaj surakshit "
	 "suraksha swachh swasth tandurust mithas meetha pyaari laadla ladla chaha chahat chahta dilchasp kamyaabi "
	 "jeetega jeetegi jito jeeto haha hahaha hehe lol"},
	{-20,
	 "bura buri bure kharab ganda gandi gande galat galti mushkil pareshan pareshani pareshaan dukh dukhi "
	 "dukhad udaas udas gham gum rona rulaya rulana rulayega aansu dard takleef taklif chinta dar darr khauf "
	 "thak thaka nakam asafal haar haare hara harna harenge nuksan nuksaan ghata mehenga mehanga mehngai "
	 "mehangai gareebi garibi berozgari kamzor kamjor bekaar bekar faltu faaltu phaltu fizul bematlab bewajah "
	 "rishwat chori chor chora loot loota lut luta lootna lutera lutere jhagda jhagra ladai dushman nafrat "
	 "ghrina gussa gusse naraz naraaz jalan jalna jalte shikayat samasya dikkat bimar bimari beemar maut mara "
	 "mare marna marega maro khatam khatm barbad barbaad barbadi tabah tabahi nash satyanash satyanaash mehngi "
	 "mahanga mahangi dheema slow kharabi tuta toota tooti phata atak atka hang akela tanha tanhai majboor "
	 "majburi bechara bechare lachar thakan sust aalsi alsi kanjoos lalach lalchi ziddi bhookh bhukh khatra "
	 "khatarnak khatre durghatna haadsa hadsa aafat musibat jhanjhat jhamela nirash nirasha niraasha hatash "
	 "mayus mayoos pachtana afsos khed gandagi badbu zeher zehar jahar hinsa dhamki pitai ashanti fail flop "
	 "boring tension"},
	{-25,
	 "jhooth jhuth jhutha jhootha jhuthe jhoothe jhoot dhokha dhoka dhokebaaz dhokebaz dhong dhongi dhongee "
	 "pakhand pakhandi badmash badmaash badnam badnaam beizzati beijjati bezzati sharam sharm besharam besharm "
	 "laanat lanat thu chee chhee chii ghamand ghamandi ahankar pagal paagal pagla pagle bewakoof bewkuf "
	 "bewakuf bevkoof bevkuf murkh moorkh gadha gadhe gadhi ullu nalayak nikamma nikamme nautanki dramebaaz "
	 "chamcha chamche chaploos desdrohi deshdrohi gaddar gaddaar aatanki atanki aatankwadi hatya hatyara khoon "
	 "khooni balatkar rape danga dange dhokhebazi dhokebaji thagi thag jalsazi beiman beimani bhrasht "
	 "bhrashtachar ghotala ghotale anyay atyachar zulm julm jurm apradh gunah paap papi shaitan rakshas "
	 "badtameez battameez badtamiz gawar ganwar jahil anpadh gunda gundagardi gunde atank sadiyal"},
	{-30,
	 "bakwas bakwaas ghatiya ghatia wahiyat vahiyat behuda behooda kamina kamine kaminey kamini kutta kutte "
	 "kutti kutiya suar suwar sooar harami haraami haramkhor haramzada saala sala saale sale saali randi rand "
	 "bhosdi bhosdike bhosdi bsdk madarchod maderchod madharchod bhenchod behenchod bhnchod chutiya chutiye "
	 "chutiyapa chutia chutiyo chutiyaa gandu gaandu gaand gand lund lauda loda lavde bhadwa bhadwe bhadva "
	 "jhant jhaat tatti napunsak mc bc"},
};
// clang-format on
const size_t HINDI_WORDS_N = COUNTOF(HINDI_WORDS);
