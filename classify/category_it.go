package classify

// categoryIT holds the Italian context words; see categoryEN.
var categoryIT = map[string]string{
	"airline": "aere* compagnia_aerea volo voli volare volato aeroport* imbarc* gate valigi* bagagl* pilot* hostess steward equipaggio passegger* scalo sedil* posto ritard* cancellat* check-in banco_check-in carta_d'imbarco terminal atterr* decoll* " +
		"pista cabina miglia coincidenza overbooking low_cost riprotezione",
	"bank":     "banc* conto conti carta carte mutuo mutui prestit* commission* bancomat filial* sportell* bonific* saldo credito debito interess* deposit* risparm* iban estratto_conto addebit* accredit* stipendio direttore_di_filiale finanziari* cassa libretto pos truffa",
	"delivery": "pacc* spedizion* spedit* corrier* consegn* fattorino ordin* tracking tracciamento magazzino deposito dogana furgone ritiro punto_di_ritiro giacenza destinatari* mittente indirizzo citofono citofonato postin* posta raccomandata rider recapit*",
	"energy": "luce elettric* gas bollett* contator* kwh tariff* potenza fornitur* fornitore blackout corrente caldaia riscaldament* benzina gasolio distributor* pompa stazione_di_servizio fotovoltaic* pannelli lettur* consum* autolettura voltura " +
		"allaccio petrolio raffineri* colonnin*",
	"food": "ristorant* caffe cappuccino hamburger panin* patatine menu pranz* cena cenare cenato colazione bevand* camerier* bancone cucina sapor* gusto buono pizza pizze pollo carne insalat* cioccolat* gelat* bibita bottigli* lattina supermercat* ricett* " +
		"ingredient* mangia* ordinat* mancia",
	"hotel":     "hotel alberg* camera camere reception receptionist soggiorn* pernott* notte notti letto letti asciugaman* lenzuola frigobar colazione piscina ascensore prenotazion* prenotat* ospit* bagno doccia balcone suite portiere check-in pulizi* spa",
	"insurance": "assicura* polizza polizze premio sinistr* perit* risarcim* rimbors* copertur* franchigia carro_attrezzi soccorso_stradale incident* guast* officina rinnov* disdett* massimale denunci* danni danno grandine agenzia contraent* beneficiari* gomma_a_terra",
	"media":     "abbona* giornal* quotidian* rivist* notizi* articol* canal* programm* serie stagion* episod* puntat* film streaming televisione tv trasmission* radio podcast giornalist* redazione pubblicita piattaforma partit* calcio decoder disdett*",
	"rail":      "treno treni ferrovi* stazion* binari* vagon* carrozz* capotreno controllor* macchinist* bigliett* regional* frecc* alta_velocita orari* abbonament* pendolar* viaggiator* ritard* sciopero scioperi deragl* tram metro metropolitana autobus bus posto sedil* biglietteria",
	"shop": "negozi* compra* acquist* centro_commerciale cassa cassier* scontrino reso resi restitu* rimbors* cambio taglia taglie vestit* magli* pantalon* scarp* giacc* camerin* sald* sconto sconti buono ordin* carrello commess* scaffal* " +
		"articol* prodott* moda vetrina online provare provato",
	"software": "software applicazion* app aggiornament* aggiornat* version* errore errori bug password account abbonament* licenz* cloud sincronizz* browser programm* file funzion* sviluppator* server installa* scarica* backup interfaccia dati utent* plugin",
	"tech": "telefon* cellular* computer portatile tablet schermo batteri* caricabatteri* fotocamer* stampant* cartucc* dispositiv* software aggiornament* garanzia riparazion* riparare assistenza processor* cuffi* auricolar* orologio smartwatch console " +
		"televisor* router cavo app lancio azioni chip tastiera smartphone",
	"telecom": "telefon* cellular* linea linee segnale copertura fibra internet adsl modem router wifi dati giga tariff* contratt* sim roaming portabilita chiamat* chiamare bollett* fattur* operator* gestore tecnico guast* 5g 4g ricaricabil* ricaric* credito " +
		"numero velocita disservizi* disdett* offerta antenn*",
	"travel": "viagg* vacanz* agenzia escursion* crocier* prenotazion* prenotat* hotel volo voli itinerari* turist* turismo destinazion* noleggi* auto_a_noleggio appartament* host pacchetto passaporto bagagl* valigi* spiaggia guida cancell* rimbors* taxi conducent* traghett* nave",
	categoryAny: "client* assistenza servizio_clienti servizio numero_verde chiamat* telefonat* reclam* rimbors* lament* operator* impiegat* personale responsabile direttore acquist* comprat* garanzia aziend* societa sede portavoce sito app negozi* filiale conto contratt* " +
		"fattur* bollett* marca marchio utent* abbonat* soci azioni disdett* disdire passare_a",
}
