// SPDX-License-Identifier: AGPL-3.0-or-later
// Written for Hearth, a list for each language.
#include "text/stop.h"

static const char *const LISTS[] = {
	// English
	"a about above across actually after again against ago all almost along already also although always am among an "
	"and "
	"another any anybody anyone anything anyway are aren't around as ask asked asking at away back be became because "
	"become becomes been before behind being believe below best better between beyond bit both but by came can can't "
	"cannot case cases certain certainly come comes coming comment comments could couldn't did didn't different do "
	"does "
	"doesn't doing don't done down during e.g each edit edited either else end enough especially etc even ever every "
	"everybody everyone everything exactly example far few find fine first following for found from further gave "
	"general "
	"get gets getting give given gives go goes going gone good got great had hadn't happen happens hard has hasn't "
	"have "
	"haven't having he hello help hence her here hers herself hi him himself his hope how however i i'd i'll i'm i've "
	"i.e "
	"idea if in indeed instead interesting into is isn't it it's its itself just keep kind knew know known large last "
	"later "
	"least left less let let's like likely little long look looking looks lot lots made mainly make makes making many "
	"may "
	"maybe me mean means meant might mine more moreover most mostly much must my myself near need needed needs neither "
	"never new next nice no nobody none nor not note nothing now number obviously of off often oh ok okay old on once "
	"one "
	"ones only onto or other others otherwise our ours ourselves out over own part particular perhaps please point "
	"possible post posted posts precisely pretty probably put question questions quite rather read really reason "
	"regarding "
	"right said same saw say saying says second see seem seems seen set several shall she should shouldn't show shown "
	"similar simple simply since small so some somebody someone something sometimes somewhat soon sorry sort still "
	"such sure "
	"take taken takes tell than thank thanks that that's the their theirs them themselves then there there's therefore "
	"these they they're thing things think third this those though thought through thus time times to together told "
	"too "
	"took toward towards tried true try trying two under understand understanding unless until up upon us use used "
	"useful "
	"uses using usually various very via want wanted wants was wasn't way ways we we're we've welcome well went were "
	"weren't what what's whatever when whenever where whether which while who whole whom whose why will with within "
	"without won't wonder wondering word words work works would wouldn't write wrong yeah yes yet you you'd you'll "
	"you're "
	"you've your yours yourself answer answers answered correct anymore ie eg im ive dont cant doesnt isnt didnt thats "
	"u ur",
	// German
	"ab aber alle allem allen aller alles als also am an andere anderen anderer anderes auch auf aus außerdem bei beim "
	"bekommen bereits besser bis bisher bist bitte bin da dabei dadurch dafür daher damit danach danke dann daran "
	"darauf "
	"darum das dass davon dazu dein deine dem den denn der deren des deshalb dessen dich die dies diese diesem diesen "
	"dieser "
	"dieses dir doch dort du durch eben eigentlich ein eine einem einen einer eines einfach einige einmal er erst es "
	"etwa "
	"etwas euch euer eure falls fast für ganz gar gegen geht gerade gern gerne gibt ging gut habe haben hallo hast hat "
	"hatte "
	"hatten hätte her hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in ins ist ja je jede "
	"jedem jeden "
	"jeder jedes jedoch jemand jetzt kann kannst kein keine keinen keiner können könnte leider mal man manche mein "
	"meine "
	"meinem meinen meiner mehr mich mir mit muss müssen nach nachdem neben nein nicht nichts nie noch nun nur ob oben "
	"oder "
	"ohne sehr sein seine seinem seinen seiner seit selbst sich sie sind so sogar solche soll sollte sondern sonst "
	"über um "
	"und uns unser unsere unter viel viele vielleicht vom von vor vorher wann war waren wäre warum was weder weil weiß "
	"weiter "
	"welche welchem welchen welcher welches wenn wer werde werden wie wieder wieso will wir wird wirklich wo wohl "
	"wurde "
	"wurden würde zu zum zur zwar zwischen frage antwort",
	// French
	"a à ai aie alors après as au aucun aussi autre autres aux avait avant avec avez avoir avons bien bon bonjour "
	"c'est ça car "
	"ce cela celle celui ces cet cette ceux chaque chez chose comme comment d'un d'une dans de depuis des deux devant "
	"doit "
	"donc dont du elle elles en encore entre es est et étaient était été être eu eux fait faire faut font il ils j'ai "
	"je jusqu "
	"l'on la là le les leur leurs lors lui ma mais me même mes merci mieux moi moins mon n'a n'est ne ni non nos notre "
	"nous on "
	"ont ou où oui par parce pas pendant peu peut peuvent plus plutôt pour pourquoi pouvez presque qu'il qu'on quand "
	"que quel "
	"quelle quelles quelque quels qui quoi rien sa sans se sera ses seulement si sinon soit son sont sous suis sur ta "
	"te tes "
	"toi ton toujours tous tout toute toutes très trop tu un une va vers voici voilà vont vos votre vous vraiment y "
	"question "
	"réponse",
	// Spanish
	"a al algo alguien algún alguna algunas alguno algunos allí ante antes aquel aquí así aun aún aunque bien bueno "
	"cada casi "
	"como cómo con contra cosa cual cuál cualquier cuando cuándo cuanto cuatro da de debe del desde después donde "
	"dónde dos "
	"durante e el él ella ellas ellos en entonces entre era eran eres es esa esas ese eso esos está estaba están estar "
	"estas "
	"este esto estos estoy fue fueron gracias ha había hace hacer hacia han hasta hay he hemos hola hoy igual la las "
	"le les lo "
	"los luego más me mejor menos mi mis mismo mucho muchos muy nada nadie ni no nos nosotros nuestro nunca o os otra "
	"otras "
	"otro otros para parece pero poco por porque pregunta pueda puede pueden puedo pues que qué quien quién quiero "
	"respuesta "
	"sabe se sea según ser si sí sido siempre sin sino sobre solo sólo son soy su sus también tan tanto te tener tengo "
	"tiene "
	"tienen todo todos toda todas tu tus un una unas uno unos usted va vamos vez y ya yo",
	// Portuguese
	"a à agora ainda alguém algum alguma ali ao aos apenas aquela aquele aqui as às assim até bem bom cada com como da "
	"das de "
	"dela dele depois desde deve dia do dois dos e é ela elas ele eles em então entre era essa esse esta está estão "
	"estava este "
	"estou eu faz fazer foi foram fui há isso isto já la lá lhe mais mas me mesmo meu meus minha muito muitos na não "
	"nas nem "
	"nenhum ninguém no nos nós nossa nosso num numa o obrigado olá onde os ou outra outras outro outros para pela pelo "
	"pode "
	"podem pois por porque posso pouco pra pergunta qual quando quanto que quem quero resposta são se sei sem sempre "
	"ser será "
	"seu seus sim só sobre sou sua suas também tão te tem têm tenho ter teve tinha toda todas todo todos tu tudo um "
	"uma umas "
	"uns vai você vocês vou",
	// Italian
	"a abbiamo ad adesso agli ai al alcuni alla alle allo allora altra altre altri altro anche ancora avere aveva bene "
	"c'è che "
	"chi ci ciao cioè come con cosa così da dagli dai dal dalla dalle degli dei del dell della delle dello dentro di "
	"dopo dove "
	"due è e ed era erano essere fa fare fatto fino forse fra già gli grazie ha hai hanno ho i il in io l'ho la le lei "
	"li lo "
	"loro lui ma mai me meglio mi mia mie miei mio molto ne nei nel nella nelle nessuno niente no noi non nostro nulla "
	"o ogni "
	"oppure ora per perché però più po poco poi prima proprio può qua qualche qualcosa qualcuno quale quando quanto "
	"quasi "
	"quella quelle quelli quello questa queste questi questo qui quindi risposta se sei sempre senza sia siamo solo "
	"sono sopra "
	"sotto sta stato su sua sue sugli sui sul sulla suo suoi te ti tra troppo tu tua tuo tutta tutte tutti tutto un "
	"una uno va "
	"vi voi vostro domanda",
	// Dutch
	"aan achter al alle alleen alles als altijd ander andere anders ben bent bij bijna boven daar dan dat de der deze "
	"die dit "
	"doch doen door dus een één eens elk elke en er erg even gaan gaat geen geweest goed graag had hallo haar hadden "
	"heb hebben "
	"hebt heeft heel hem hen het hier hij hoe hun iemand iets ik in is ja je jij jou jouw jullie kan kon kunnen kunt "
	"maar maken "
	"me meer mee mij mijn moet moeten na naar net niemand niet niets nieuwe nog nu of om omdat onder ons onze ook op "
	"over "
	"precies probleem reeds sinds te tegen terug toch toen tot tussen u uit uw vaak van vanaf veel via volgens voor "
	"vraag waar "
	"waarom wanneer want waren was wat we weer wel welke werd wie wij wil worden wordt zal ze zeer zelf zich zij zijn "
	"zo zoals "
	"zonder zou bedankt",
	// Swedish
	"all alla allt andra att av blev bli blir bra bara båda de dem den denna deras dess dessa det detta dig din dina "
	"ditt du där "
	"då efter eller en er ert ett fick finns från får för före ge genom gör göra ha hade han har hej henne hennes hon "
	"honom hur "
	"här i ibland icke ifrån in inget ingen ingenting inte inom ja jag kan kanske kommer kunde lite man med mellan men "
	"mer mig "
	"min mina mitt mot mycket måste ni nu någon något några när nästan och också om oss på rätt sedan ser sig sin sina "
	"sitt själv "
	"ska skulle som så sådan tack till trots under upp ut utan vad var vara varför varit vars vem vi vid vilka vilken "
	"vilket vill "
	"vår våra åt än är även över",
	// Danish and Norwegian
	"af alle alt anden andre at av bare begge ble blev bli blir bliver bra da de dem den denne der deres det dette dig "
	"din dine "
	"disse ditt du eller en end enn er et etter efter fordi for fra få får før gjør gjøre gør gøre ham han hans har "
	"havde hadde "
	"hej hei hende her hvad hva hvem hver hvis hvor hvordan hvorfor hvornår i ikke ikkje ind ingen inn ja jeg kan "
	"kommer kunne "
	"lidt litt man mange med meg meget mellem mellom men mer mere mig min mine mit mitt mot må måtte ned nei nej noe "
	"noen nogen "
	"noget nogle nok nu nå når og også om op opp os oss over på samme se seg selv sig sin sine sit sitt skal skulle "
	"slik som så "
	"sådan takk tak til under ut uden uten vi vil ville vor være var været vært ved",
	// Finnish
	"ei eivät en että ette emme et hän häntä he hei heidän heille hänen ihan ilman itse ja jo johon joka jokin jolla "
	"jonka jos "
	"joskus jossa jota jotka jotta kaikki kanssa kautta ketä kiitos koska kuin kuinka kuka kun kuten kyllä lisäksi me "
	"meidän "
	"mihin mikä miksi milloin minä minun minulla minulle missä mistä mitä miten mitkä mukaan mutta myös ne niiden niin "
	"niitä "
	"noin nuo nyt näin nämä ole olen olet oletko oli olin olisi olivat olla olleet ollut on onko ovat pitäisi se sekä "
	"sen siellä "
	"siihen siinä siis siitä sillä sinä sinun sitten sitä tai taas tällä tämä tämän täällä tässä tätä te teidän toinen "
	"tuo vaan "
	"vai vaikka vain voi voin voiko vielä",
	// Polish
	"a aby albo ale ani aż bardzo bez bo być był była było były będzie by chce chyba ci co coś czy czyli dla dlaczego "
	"do dobry "
	"dobrze dzięki gdy gdzie go i ich ile im inne innych ja jak jaka jakie jakiś jako je jednak jego jej jest jestem "
	"jeszcze "
	"jeśli już każdy kiedy kto ktoś która które którego której który których którym którzy lub ma mam mamy mi mnie "
	"moje może "
	"można mój my na nad nam nas nawet nic nich nie niż no o od on ona one oni ono oraz po pod ponieważ poza przed "
	"przez przy sam "
	"są się skąd super ta tak taka takie także tam te tego tej temu ten też to trochę tu tutaj tych tylko tym u w wam "
	"was we więc "
	"wszystko wszystkie witam z za zawsze ze że żeby",
	// Czech and Slovak
	"a aby ahoj aj ak ako ale alebo ani asi až bez bol bola bolo bude budem by byl byla byli bylo být byť co čo další "
	"do dobrý "
	"ho i já jak jako je jeho její jejich jen ještě jsem jsi jsme jsou jste k kam kde kdo kdy kdyby když ke ktera "
	"které který "
	"kterou která ktorý ktorá ktoré len má mají mám máme mě mezi mi mne mně můj může na nad nám nás ne nebo než ni nic "
	"nie není "
	"ne o od ok on ona oni ono pak po pod podle pokud pro pre proč proto protože při s sa se si sice som sú svůj ta "
	"tak také tam "
	"té tedy teď ten tento tím to toho tohle tomu tu ty u už v vám vás ve více však všechno vy z za že zda ze",
	// Russian
	"а без более больше бы был была были было быть в вам вас ваш весь во вот все всё всего всем всех всегда вы где да "
	"даже для "
	"до другие других его ее её ей если есть ещё еще же за здесь здравствуйте и из или им их к как какая какие какой "
	"когда кто "
	"ли либо лучше меня мне может можно мой мы на над надо нам нас наш не него нее неё нет ни них но ну нужно о об "
	"один однако "
	"он она они оно от очень по под подскажите пожалуйста после потом потому почему почти при про просто раз с сам "
	"свой себя со "
	"спасибо так также такие такой там те тем теперь то тогда того тоже той только том тот ты у уже хорошо хотя чего "
	"чем через "
	"что чтобы чтоб эта эти это этого этой этом этот я",
	// Ukrainian
	"а або але б без би більше був була були було бути в вам вас ваш весь від він вона вони воно все всі втім ви вже "
	"де для до дуже "
	"дякую є же з за зі і із й його йому її їм їх її коли краще крім ли лише має мене мені ми може можна мій на над "
	"нам нас наш не "
	"немає ні них ну о один по під після при про просто раз сам свій себе так також такий там те теж тепер ти тільки "
	"то тоді того "
	"той том ту у хто це цей цього цю через чи чого чому що щоб я як яка яке який які якщо",
	// Turkish
	"acaba ama ancak artık asla aslında az bana bazı ben benden beni benim bile bir biri birkaç birşey biz bize bizi "
	"bizim bu "
	"buna bunda bundan bunlar bunu bunun burada böyle bütün çok çünkü da daha de defa değil diğer diye dolayı en fakat "
	"gibi göre "
	"hangi hatta hem hep hepsi her hiç için ile ise kadar kendi ki kim kimse merhaba mi mı mu mü nasıl ne neden nerede "
	"nereye "
	"niye o olan olarak oldu olduğu olmak olsa olur on ona ondan onlar onların onu onun orada oysa öyle pek rağmen "
	"sadece sanki "
	"sen senden seni senin siz size sizi sizin sonra şey şimdi şu şunu tüm tabii teşekkürler üzere var ve veya ya yani "
	"yapmak "
	"yine yok zaten",
	// Indonesian and Malay
	"ada adalah agar akan aku anda apa apakah atas atau bagaimana bagi bahwa banyak baru bagus beberapa belum bisa "
	"boleh bukan "
	"dalam dan dapat dari dengan di dia hanya harus ini itu iya jadi jangan jika juga kalau kali kami kamu kan kapan "
	"karena ke "
	"kenapa kepada kita kok lagi lain lalu lebih mana masih mau mengapa mereka nya oleh pada para paling pernah saat "
	"saja sama "
	"sampai sana sangat satu saya sebagai sebelum sedang sekali sekarang selalu semua seperti sering serta setelah "
	"siapa sini "
	"sudah supaya tapi telah tentang terima tersebut terus tetapi tidak untuk yaitu yang yg gak ga nggak udah sih dong "
	"deh",
	// Romanian
	"a acea aceasta această acel acest acesta aceste aceștia ai aici al ale am ar are as asta astfel atunci au avea "
	"avem bine bună "
	"că când care cât ce cea cei cel cele ceva cine cu cum da dacă dar de deci decât deja despre din după e ea ei el "
	"ele era este "
	"eu face fără fi fie fost i în înainte îi îl îmi încă la le li lor lui mă mai mea mei mele meu mult multe "
	"mulțumesc ne nici "
	"nimic niște noi noștri nostru nu o oricare ori pe pentru peste poate prin să sa sale salut sau se și spre sub "
	"sunt suntem și "
	"tot toate toți un una unde unei unele unui unor va vă voi vor vreau",
	// Hungarian
	"a abban ahhoz ahogy aki akik akkor alatt által általában amely amelyek amelyet ami amikor amit amíg arra át azért "
	"azok azon az "
	"azt aztán azzal be belül benne bár csak de e ebben eddig egy egyes egyéb egyik el előtt elég én ennek erre ez "
	"ezek ezen ezért "
	"ezt ezzel fel felé hanem hát hogy hogyan hol így igen ill illetve is itt jó köszönöm kell kellett keresztül ki "
	"kívül között le "
	"legyen lehet lenne lesz lett ma maga már más meg mely mert mi miért mikor milyen mind minden mint mit mivel most "
	"nagyon ne nekem "
	"nem nincs ő ők olyan ott össze pedig persze s saját sem semmi sok szerint szia számára tehát teljes te ti tovább "
	"több úgy új "
	"újra után utolsó vagy vagyok valaki valami való van vannak vele viszont volna volt voltak",
	// Greek
	"αλλά αν αντί απ από αυτά αυτές αυτή αυτό αυτοί αυτός για γιατί δε δεν εάν εγώ εδώ είμαι είναι εκεί εκείνη εκείνο "
	"εμείς εν ένα "
	"ένας ενώ εσύ έτσι έχει έχετε έχω ή η ήδη ήταν θα και κάθε κάποιος κατά κι λοιπόν μα μας με μέσα μετά μη μην μια "
	"μου μόνο να ο "
	"οι όμως όπου όπως όταν ότι όχι πάλι πάνω παρά πιο ποια ποιο ποιος πολύ που πού πρέπει προς πως πώς σαν σας σε στη "
	"στην στις στο "
	"στον στους τα τη την της τι τις το τον του τους των τώρα υπάρχει ω ως",
	// Arabic
	"في من على إلى الى عن مع هذا هذه ذلك تلك هو هي هم أنا انا نحن أنت انت ما ماذا لماذا كيف متى أين اين هل لا لم لن "
	"ليس كان كانت "
	"يكون قد لقد أن ان إن أو او ثم بل لكن حتى إذا اذا كل بعض غير بعد قبل بين عند عندما التي الذي الذين كما أي اي يا و "
	"ف ب ل ولا وما "
	"أيضا ايضا جدا فقط منذ أكثر شكرا",
	// Persian
	"و در به از که این آن را با است برای هم یک من تو او ما شما آنها می نمی شود کرد کند شد بود هست نیست ها های تا اگر "
	"یا اما ولی "
	"پس چون چه چرا چطور کجا کی هر همه خود دیگر بعد قبل روی باید بی فقط خیلی سلام ممنون",
	// Hebrew
	"של את על אל אם או אבל אז איך איפה אין אלה אנחנו אני אתה אתם בין גם הוא היא הם הן הזה הזאת היה היו זה זאת זו יש כי "
	"כל כמה כמו "
	"כך כן לא לי לו לה להיות למה מה מי מתי עד עוד עם פה רק שם שלי שלך תודה",
	// Hindi, in both scripts
	"का के की है हैं हो था थी थे में से को पर ने और या भी यह वह ये वे इस उस एक मैं हम आप तुम मेरा मेरे मेरी अपने कि जो तो ही नहीं न "
	"क्या क्यों कैसे कब कहाँ कौन कुछ सब बहुत अब लिए साथ तक कर रहा रही रहे hai hain ho tha thi the ka ke ki ko se mein me par "
	"aur ya bhi "
	"yeh ye woh wo is us ek main mai hum aap tum mera mere meri apne jo toh hi nahi nahin kya kyun kaise kab kahan "
	"kaun kuch sab "
	"bahut ab liye saath tak kar raha rahi rahe",
	// Vietnamese
	"là và của có không cho các những một được trong với này khi đã để người thì tôi bạn như từ cũng về đến hay hoặc "
	"nếu mà sẽ đang "
	"rất ở ra vào lại chỉ nên vì sao thế nào gì ai đây đó mình anh em nhé ạ cảm ơn",
	// Chinese and Japanese: characters
	"的 了 是 在 我 你 他 她 它 们 們 这 這 那 个 個 一 不 没 沒 有 和 与 與 就 也 都 很 吗 嗎 呢 吧 啊 么 麼 到 说 說 "
	"要 会 會 可 以 "
	"对 對 为 為 把 被 给 給 让 讓 从 從 还 還 而 但 所 之 其 请 請 怎 什 の に は を た が で て と し れ さ い る な "
	"も こ す ま そ あ り か "
	"よ ん ね だ っ ら わ け ど う く き せ",
};

StopWords *stop_words_new(Arena *a)
{
	StopWords *s = ARENA_NEW(a, StopWords, 1);
	for (uint32_t l = 0; l < COUNTOF(LISTS); l++) {
		Str list = str_from(LISTS[l]), word;
		while (list.n) {
			list = str_cut(list, ' ', &word);
			uint32_t hash = token_hash_of(word), i = hash % STOP_SLOTS;
			while (s->languages[i] && s->hashes[i] != hash) i = (i + 1) % STOP_SLOTS;
			s->hashes[i] = hash;
			s->languages[i] |= 1u << l;
		}
	}
	return s;
}

uint32_t stop_words_find(const StopWords *s, uint32_t token_hash)
{
	uint32_t i = token_hash % STOP_SLOTS;
	while (s->languages[i] && s->hashes[i] != token_hash) i = (i + 1) % STOP_SLOTS;
	return s->languages[i];
}

void stop_votes_add(StopVotes *v, uint32_t languages)
{
	for (; languages; languages &= languages - 1) v->n[__builtin_ctz(languages)]++;
}

uint32_t stop_votes_languages(const StopVotes *v)
{
	uint32_t best = 0, ret = 0;
	for (size_t i = 0; i < STOP_LANGUAGES_MAX; i++) best = v->n[i] > best ? v->n[i] : best;
	for (size_t i = 0; i < STOP_LANGUAGES_MAX; i++)
		if (best && v->n[i] * 4 >= best * 3) ret |= (uint32_t)1 << i;
	return ret;
}
