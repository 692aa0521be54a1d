// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/risk.h"

#define PHRASE_WORDS 4
#define NEAR_WORDS 14 // between an act and a thing
#define CUES_MAX 24   // of a sentence
#define ONE 65536u
#define PAIR_ADDS ((int64_t)ONE * 2) // to the logit of that class
#define SURE_ADDS ((int64_t)ONE * 5)
#define NO_COMMAND (ONE * 3 / 2)
#define USUAL ((int64_t)ONE * 2) // beside what the head was trained on, advice is risky more often

enum {
	DESTROY = 1u << 0, // acts
	DISABLE = 1u << 1,
	EDIT = 1u << 2,
	FLASH = 1u << 3,
	EXPOSE = 1u << 4,
	HANDLE = 1u << 5, // to bridge, cut, open, touch…
	DOSE = 1u << 6,   // to double, skip, mix…
	USE = 1u << 7,
	STORE = 1u << 8, // things
	SYSTEM = 1u << 9,
	GUARDS = 1u << 10, // of a computer
	FIRMWARE = 1u << 11,
	SECRET = 1u << 12,
	MAINS = 1u << 13,
	POWERED = 1u << 14,
	CELLS = 1u << 15,
	MEDICINE = 1u << 16,
	CHEMICAL = 1u << 17,
	SAFEGUARD = 1u << 18, // of a machine
	DANGER = 1u << 19,    // fire, gas, heights
	CONFIG_SURE = 1u << 20,
	LOSS_SURE = 1u << 21,
	SAFETY_SURE = 1u << 22,
	PAIR_FOUND = 1u << 23, // and the two bits after it: an act near a thing, by class
	BLOATED = 1u << 26,
	SOMEONE = 1u << 27, // who tells what was done rather than what to do
};

// clang-format off
static const PhraseList PACKS[] = {
	{DESTROY, "delete,deleting,deletes,remove,removing,erase,erasing,wipe,wiping,wipes,format,formatting,formatted,shred,overwrite,overwriting,drop,truncate,empty,reinitialise,reinitialize,initialise,initialize,purge,get rid of,throw away,destroy,clear,repartition,zero out,trash,uninstall,rm,del"},
	{DISABLE, "off,remove,removing,take out,tape over,go around,leave out,forget about,do without,rip out,ignoring,skipping,disable,disabling,turn off,turning off,switch off,deactivate,stop,kill,skip,ignore,bypass,bypassing,get around,turn it off,without,uncheck,disarm,override,set off,switch it off,accept,pull,unplug,disconnect,suppress,click past,whitelist everything,allow"},
	{EDIT, "edit,editing,change,set,modify,delete,deleting,remove,write,hack,open,tweak,add,merge,import,clean,replace,rename,copy,clear,kill"},
	{FLASH, "write,push,load,root,jailbreak,install,modify,hack,flash,flashing,downgrade,downgrading,reflash,force,patch,interrupt,abort,unplug,unlock,cancel,sideload,overclock,power off,mod,cross flash"},
	{EXPOSE, "write,keep,leave,pass on,forward,upload,email me,message me,dm me,text,commit,log in with,sign in with,hand out,send,send me,post,posting,put,write down,paste,share,tell,tell me,give,publish,hand over,hardcode,store,save,mail,email,text me,enter,type,reuse,shares,dictate,read out,needs"},
	{HANDLE, "bridge,bridging,bypass,bypassing,jumper,jumpering,short,shorting,defeat,cut,cutting,touch,touching,solder,soldering,puncture,pierce,poke,heat,freeze,drill,unclip,tape,taping,reach into,reach inside,stick,screw,glue,block,silence,shut,weld,splice,wedge,jam,clip,strip,pry,take off,take the cover off,look into,spray,wire,wiring,pour,hammer,crush,loosen,cover"},
	{USE, "open,opening,put,put back,use,using,connect,measure,run,leave,plug,charge,charging,work on,working on,pull,replace,swap,insert,hold,wire,keep using,climb,adjust,turn,start,drive on,stand on,light,disconnect,seal"},
	{DOSE, "exceed,go off,come off,wash down,drink,swallow,chew,ignore,inject it,up,put off,feed,overdose,double,triple,stop,stopping,skip,skipping,swap,mix,mixing,take,taking,give,giving,inject,crush,combine,halve,increase,use,using,reduce,replace,quit,share,drop,add,raise,wean,switch"},
	{STORE, "partition,partitions,partition table,boot sector,appdata,disk,disks,drive,hard drive,raid,array,database,databases,backups,backup,wallet,inodes,data file,sda,nvme,volume,hidden partition,log tables,production,user data,home folder,home directory,tpm,superblock,all data,everything in,boot,data partition,mbr,keychain,photo library,mailbox,pst,the volume,sd card,memory card,phone"},
	{SYSTEM, "program files,windows directory,system partition,boot loader entry,system folder,launchdaemons,crontab,environment variables,the hive,pagefile,system32,registry,regedit,hkey_local_machine,hklm,sudoers,system registry,system files,kernel,fstab,boot ini,program data,windows folder,group policy,hosts file,etc passwd,serial number,root partition,update service,registry key,dll,winsxs,library folder"},
	{GUARDS, "virus protection,real time protection,security software,security warning,security warnings,file protection,the lock screen,login prompt,password prompt,vpn kill switch,malware protection,smartscreen,app verification,play protect,https,tls,firewall,antivirus,anti virus,virus scanner,virus protection,defender,windows defender,selinux,two factor,two factor authentication,2fa,uac,certificate,certificates,certificate checking,certificate warning,certificate check,ssl verification,signature enforcement,signature check,verification,verify,gatekeeper,secure boot,apparmor,security updates,automatic updates,updates for good,integrity protection,host key checking,password protection,screen lock,authentication,encryption,sandbox,csrf,cors"},
	{FIRMWARE, "boot loader,firmware image,unofficial firmware,leaked firmware,beta firmware,ecu,baseband,modem firmware,patched kernel,firmware,firmware update,bios,uefi,bootloader,patched image,unsigned driver,baseband,custom rom,rom,eeprom,bootrom,microcode"},
	{SECRET, "pin code,recovery phrase,master password,wallet seed,login details,card number,cvv,card pin,session cookie,root key,admin login,same password,password everywhere,password,passwords,private key,recovery codes,recovery code,root password,admin password,admin account,credentials,seed phrase,bank login,api key,access token,ssh key,passphrase,login data,security code,tan,one time code,default password,backup codes"},
	{MAINS, "wall socket,lamp socket,light fitting,light switch,distribution board,dimmer,inverter,heating element,neutral wire,mains cable,mains lead,power cord,extension cable,adapter plugs,220 v,220v,380 v,three phase,hot wire,microwave oven,tv set,kettle,solar panel,meter seal,electric meter,mains,230 v,230v,240 v,110 v,120 v,live wire,live wires,live voltage,socket,power supply,capacitor,capacitors,microwave,crt,anode,earth wire,ground wire,fuse,fuse box,circuit breaker,breaker,phases,both wires,black wire,ballast,extension leads,extension lead,extension cord,extension cords,mains connector,wall outlet,outlet,transformer,live,toaster,power strip,neutral,mains plug,flyback,high voltage,psu,junction box,consumer unit,earth pin,ground pin,cables"},
	{POWERED, "while it is on,power is on,still connected,connected to the mains,without unplugging,wet hands,bare hands,in the bath,in the rain,with the current on,under load,rebuilding,in use,plugged in,power on,powered on,live,switched on,while it runs,while it is running,still running,under power,energised,energized,no need to switch off,while it's hot,while it's on,with the power on,230 v,without switching off,running"},
	{CELLS, "lithium battery,lipo pack,accumulator,car battery,cell phone battery,power bank,powerbank,pack,swollen battery,lithium cells,lithium,18650,lipo,18650 cells,swollen,battery,batteries,cells,bloated,li ion,battery pack"},
	{BLOATED, "puffed up,bulging,dented battery,damaged battery,hot battery,swollen battery,swollen,bloated,lithium cells,leaking battery"},
	{SOMEONE, "i,we,he,she,they,it,who,which,that,ll,will,would,to,i'd,i've,was,were,i'm,my,the,a,his,her,their,our,of"},
	{MEDICINE, "drug,drugs,painkiller,capsules,injection,syringe,vitamin,thyroid,beta blockers,eye drops,fever reducer,sedative,contraceptive,chemotherapy,epipen,asthma spray,heart pills,blood pressure,diabetes,nitroglycerin,adhd,codeine,aspirin tablets,dose,dosage,pills,pill,tablets,tablet,mg,ibuprofen,aspirin,paracetamol,insulin,antibiotics,antidepressant,antidepressants,anticoagulant,medication,medicine,meds,painkillers,prescribed,leaflet,warfarin,sleeping pills,blood pressure pills,blood thinner,beta blocker,antihistamine,statins,inhaler,prescription,st john's wort,cough syrup,opioids,tramadol,steroids,aspirins,chemo,seizure"},
	{CHEMICAL, "oven cleaner,toilet cleaner,descaler,lye,methanol,turpentine,nitric acid,hydrochloric acid,thinner,kerosene,spirit,bleach,ammonia,vinegar,drain cleaner,acid,petrol,gasoline,chlorine,hydrogen peroxide,acetone,white spirit,lighter fluid,caustic soda,brake cleaner"},
	{SAFEGUARD, "fire extinguisher,fire door,child lock,safety catch,safety clip,safety pin,safety glasses,helmet,harness,thermal protection,overload protection,motor protection,ground fault,residual current device,pressure cooker valve,float switch,tip over switch,exhaust fan,ventilation,safety guard,protective cover,protective earth,emergency brake,interlock,door interlock,guard,blade guard,smoke detector,smoke alarm,airbag,abs,abs sensor,relief valve,pressure relief valve,safety valve,thermostat,thermal fuse,pressure switch,safety switch,seat belt,carbon monoxide alarm,emergency stop,dead man's switch,trigger,lint filter,thermal cutoff,thermal cut out,light curtain,overheat protection,co alarm,door switch,brake,brakes,fuse,limit switch,flame sensor,earth leakage,rcd,gfci,saw,mower,blade,dust mask,goggles"},
	{DANGER, "wet hands,gas bottle,gas cylinder,pressure cooker lid,with petrol,with gasoline,with a lighter,naked flame,charcoal indoors,closed garage,closed room,scaffold,overhead line,power line,pilot light,chimney,carbide,fireworks,asbestos,compressed air,gas leak,gas hose,gas pipe,gas line,burning oil,burning fat,generator in the garage,generator indoors,in the garage,roof,ladder,fibre,fiber,laser,under a blanket,heater,on fire,flame,gas valve,gas meter,chip pan,boiler,propane,jack stands,welding"},
	{CONFIG_SURE, "chmod 777,chmod r 777,permissions 777,to 777,sudo bash,sh bash,permitrootlogin,allow empty passwords,empty passwords,trusted host,verify false,port 3389,dmz mode,telnet,as root that,everything as root,run everything as root,sudo su,as administrator all the time,engineering menu,unsigned driver,no password,nopasswd,same admin account,one admin account,share one admin account,without a password,whole internet,strictly no check,skip the checks,forced flag,bigger model,install the crack,activator,keygen,stricthostkeychecking no,curl k,insecure flag"},
	{LOSS_SURE, "the whole folder,the entire folder,whole disk,entire disk,whole drive,entire drive,hard reset,reset to factory,wipe it,wipe everything,erase everything,clean install,reformat,reinstall windows,low level format,quick format,overwrite the,all partitions,empty the trash and,flushall,dropdb,filter branch,delete from,fsck y,although it is damaged,while it is copying,during the copy,skip the backup,no backup needed,without a backup,don't need a backup,rm rf,rm r f,sudo rm,mkfs,mkfs ext4,dd if,diskpart,fdisk,factory reset,factory settings,reset pin,drop table,drop the table,drop database,push force,force push,push f,reset hard,clean fdx,format c,without ejecting,xfs_repair l,zero log,yes to everything,wipe data,erase all content,delete everything,delete all,wipes the device,erase the phone,erase the disk,sgdisk zap,truncate table,boot sector,while it is rebuilding,damaged inodes,shred"},
	{SAFETY_SURE, "together with alcohol,with alcohol,on an empty tank,instead of the earth,wrap foil around,foil around the fuse,nail instead of,bigger breaker,larger fuse,thicker fuse,fuse with a nail,fuse by a,fuse with a,without earth,without gloves,without a helmet,keep driving with,drive on with,use it anyway even if it smells,both hands off,while driving,bridge the fuse,bypass the fuse,bypass the interlock,instead of the fuse,instead of the thermal fuse,instead of a fuse,no need to switch off the breaker,bigger fuse,stronger fuse,bleach with ammonia,bleach and ammonia,bleach and vinegar,ammonia and bleach,light a match,water on the burning,petrol on,puncture the battery,gas hose yourself,double the dose,double dose,higher dose,stop taking your,more pills than prescribed,leftover antibiotics,without the guard,tape down the,top step of the,live voltage,hot and smells,where the cables,above the socket,relief valve shut,short the two,gas out,car battery charger,adult aspirin,without a mask,hold down with tape,down with tape,without jack stands"},
};

// An act near a thing (maybe with something else in the sentence), and what comes of it.
static const struct {
	uint32_t act, thing, also;
	RiskClass class;
} PAIRS[] = {
	{SAFETY_SURE, 0, 0, RISK_SAFETY},        {LOSS_SURE, 0, 0, RISK_DATA_LOSS},       {CONFIG_SURE, 0, 0, RISK_CONFIG},
	{HANDLE, MAINS, 0, RISK_SAFETY},         {USE, MAINS, POWERED, RISK_SAFETY},      {HANDLE, CELLS, 0, RISK_SAFETY},
	{USE, BLOATED, 0, RISK_SAFETY},          {DOSE, MEDICINE, 0, RISK_SAFETY},        {DOSE, CHEMICAL, CHEMICAL, RISK_SAFETY},
	{HANDLE, SAFEGUARD, 0, RISK_SAFETY},     {DISABLE, SAFEGUARD, 0, RISK_SAFETY},    {HANDLE | USE, DANGER, 0, RISK_SAFETY},
	{DESTROY, STORE, 0, RISK_DATA_LOSS},     {DESTROY, SYSTEM, 0, RISK_DATA_LOSS},    {EDIT, SYSTEM, 0, RISK_CONFIG},
	{DISABLE, GUARDS, 0, RISK_CONFIG},       {FLASH, FIRMWARE, 0, RISK_CONFIG},       {USE, STORE, POWERED, RISK_DATA_LOSS},       {EXPOSE, SECRET, 0, RISK_CONFIG},
};
// clang-format on

struct RiskBook {
	const WordTable *words;
	const AdviceBook *advice;
};

typedef struct Cue {
	uint32_t bits, word, words;
} Cue;

typedef struct Cues {
	Cue v[CUES_MAX];
	size_t n;
} Cues;

const char *risk_name(RiskClass c)
{
	static const char *const NAMES[RISK_N] = {"harmless", "config", "data-loss", "safety"};
	return NAMES[c];
}

const RiskBook *risk_new(Arena *a)
{
	RiskBook *b = ARENA_NEW(a, RiskBook, 1);
	b->words = word_table_of_phrases(a, PACKS, COUNTOF(PACKS));
	b->advice = advice_new(a);
	return b;
}

const AdviceBook *risk_advice(const RiskBook *b) { return b->advice; }

// "the one who formats …" is told of somebody.
static bool told(const RiskBook *b, const Signs *s, const Cue *act)
{
	if (!act->word || signs_sentence_ends(s, act->word - 1)) return false;
	if (act->bits & (LOSS_SURE | SAFETY_SURE | CONFIG_SURE)) return false;
	return word_table_find(b->words, s->words[act->word - 1].hash) & SOMEONE;
}

static TextSpan span_of(const Signs *s, uint32_t from, uint32_t to)
{
	return (TextSpan){s->v[s->words[from].from].at, s->v[s->words[to - 1].to].at};
}

static bool has(const Cues *x, uint32_t bits, const Cue *but)
{
	for (size_t i = 0; i < x->n; i++)
		if (&x->v[i] != but && x->v[i].bits & bits) return true;
	return bits == 0;
}

// The thing of a pair that is nearest to the act; NULL if there is none near. A pair of no thing: the act itself.
static const Cue *thing_near(const Cues *x, const Cue *act, uint32_t thing, uint32_t also)
{
	if (!thing) return act;
	const Cue *best = NULL;
	uint32_t best_far = NEAR_WORDS;
	for (size_t i = 0; i < x->n; i++) {
		const Cue *c = &x->v[i];
		uint32_t far = c->word > act->word ? c->word - act->word : act->word - c->word;
		if (!far || !(c->bits & thing) || far > best_far || !has(x, also, c)) continue;
		best = c;
		best_far = far;
	}
	return best;
}

static void add_evidence(RiskFinding *r, TextSpan span)
{
	for (size_t i = 0; i < r->evidence_n; i++)
		if (r->evidence[i].at == span.at) return;
	if (span.end && r->evidence_n < RISK_EVIDENCE_MAX) r->evidence[r->evidence_n++] = span;
}

static void collect(const RiskBook *b, const Signs *s, AdviceSpan span, Cues *ret)
{
	ret->n = 0;
	for (uint32_t w = span.from, words; w < span.to; w += words) {
		words = 1;
		uint32_t bits = word_table_phrase(b->words, s, w, PHRASE_WORDS, &words);
		if (bits && ret->n < CUES_MAX) ret->v[ret->n++] = (Cue){bits, w, words};
	}
}

// The bits of the classes follow one another, from config on.
static uint32_t of_class(uint32_t config_bit, uint32_t class) { return config_bit << (class - RISK_CONFIG); }

// What the packs find in a stretch: bits of all words, and of the pairs; places by class, if wanted.
static uint32_t packs(const RiskBook *b, const Signs *s, const Cues *x, RiskFinding *found)
{
	uint32_t bits = 0;
	for (size_t i = 0; i < x->n; i++) {
		const Cue *act = &x->v[i], *thing = NULL;
		size_t k = 0;
		bits |= act->bits;
		for (; k < COUNTOF(PAIRS); k++)
			if (act->bits & PAIRS[k].act && (thing = thing_near(x, act, PAIRS[k].thing, PAIRS[k].also))) break;
		if (!thing || told(b, s, act)) continue;
		uint32_t c = PAIRS[k].class;
		if (PAIRS[k].thing) bits |= of_class(PAIR_FOUND, c);
		if (!found) continue;
		add_evidence(&found[c], span_of(s, act->word, act->word + act->words));
		add_evidence(&found[c], span_of(s, thing->word, thing->word + thing->words));
	}
	return bits;
}

// The worst class counts, of one class the likeliest.
static void keep_worse(const RiskSearch *x, const RiskStretch *stretch, const int64_t logits[RISK_N],
					   const RiskFinding *found, RiskFinding *r)
{
	RiskClass best = RISK_CONFIG;
	TextSpan words[RISK_WORDS_MAX] = {{0}};
	for (RiskClass c = RISK_CONFIG; c < RISK_N; c++)
		if (logits[c] >= logits[best]) best = c;
	uint32_t p = head_sigmoid(logits[best]);
	RiskClass class = logits[best] > 0 ? best : RISK_HARMLESS;
	if (class < r->class || (class == r->class && p <= r->p)) return;
	*r = (RiskFinding){.class = class, .p = p};
	if (class == RISK_HARMLESS) return;
	for (size_t i = 0; i < found[best].evidence_n; i++) add_evidence(r, found[best].evidence[i]);
	if (x->judge) x->judge->words(x->judge->arg, stretch, best, words);
	for (size_t i = 0; i < RISK_WORDS_MAX; i++) add_evidence(r, words[i]);
}

// Phrases that need no company, and pairs, are worth more than what the head makes of their words; without a head they decide.
static void add_packs(uint32_t bits, bool head, int64_t logits[RISK_N])
{
	for (uint32_t c = RISK_CONFIG; c < RISK_N; c++) {
		bool sure = bits & of_class(CONFIG_SURE, c), pair = bits & of_class(PAIR_FOUND, c);
		logits[c] += sure ? SURE_ADDS : pair ? PAIR_ADDS : 0;
		logits[c] += head ? USUAL : -USUAL / 2;
	}
}

static RiskStretch stretch_of(const RiskBook *b, const Signs *s, AdviceSpan span, RiskFinding *found)
{
	Cues cues;
	collect(b, s, span, &cues);
	TextSpan at = span_of(s, span.from, span.to);
	return (RiskStretch){str_sub(s->text, at.at, at.end), at.at, span.hints, packs(b, s, &cues, found) / STORE};
}

RiskStretch risk_stretch(const RiskBook *b, const Signs *s, AdviceSpan span) { return stretch_of(b, s, span, NULL); }

static void judge(const RiskSearch *x, AdviceSpan span, RiskFinding *r)
{
	int64_t logits[RISK_N] = {0};
	RiskFinding found[RISK_N] = {{0}};
	RiskStretch stretch = stretch_of(x->book, x->signs, span, found);
	if (x->judge) x->judge->score(x->judge->arg, &stretch, logits);
	add_packs(stretch.things * STORE, x->judge != NULL, logits);
	bool commands = span.hints & (ADVICE_SAID | ADVICE_VERB | ADVICE_LATER_VERB);
	for (RiskClass c = RISK_CONFIG; !commands && c < RISK_N; c++) logits[c] -= NO_COMMAND;
	keep_worse(x, &stretch, logits, found, r);
}

void risk_find(const RiskSearch *x, RiskFinding *ret)
{
	*ret = (RiskFinding){.p = 0};
	for (uint32_t w = 0; w < x->signs->words_n;) {
		AdviceSpan spans[ADVICE_SPANS_MAX];
		size_t n;
		w = advice_read(x->book->advice, x->signs, w, spans, &n);
		for (size_t i = 0; i < n; i++) judge(x, spans[i], ret);
	}
}
