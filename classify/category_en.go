package classify

// categoryEN holds the English context words: a * ends a prefix, _ is a blank.
var categoryEN = map[string]string{
	"airline": "airline* airport* airplane* aircraft flight* flew fly flying flown gate gates boarding boarded luggage baggage bag bags suitcase* carry-on cabin cockpit pilot* crew stewardess " +
		"attendant* passenger* layover* stopover* runway tarmac terminal* takeoff take-off landed landing plane planes seat* legroom upgrade* miles frequent_flyer frequent_flier check-in checked_in jet jets jetway lounge overbooked " +
		"delayed delay* cancelled canceled rebook* itinerar* first_class business_class coach aisle connection* connecting departure* arrival* hub airfare*",
	"bank": "bank banks banking account* checking savings deposit* withdraw* overdraft* branch branches teller* atm atms debit credit card cards mortgage* loan* lender* interest fee fees statement* wire " +
		"transfer* balance* cheque* check checks paycheck* routing fraud* chargeback* apr pin iban refinanc* foreclos* escrow banker* payment* transaction* finance* financial credit_union",
	"delivery": "deliver* parcel* package* packages courier* driver drivers shipment* shipping shipped ship tracking tracked doorstep porch mailbox warehouse depot hub customs postage postal mail label* locker* signature " +
		"redeliver* rerouted missing_parcel left_it out_for_delivery van vans truck* box boxes ups dispatch* return_to_sender order orders eta rider riders",
	"energy": "energy electric* power gas meter* kwh kilowatt* tariff* bill bills billing outage* blackout* grid utility utilities boiler* heating solar panel* charger* charging station* fuel pump* petrol gasoline diesel " +
		"supplier* provider* smart_meter direct_debit estimate* reading readings consumption line_crew substation oil refinery refineries barrel* rig rigs",
	"food": "restaurant* coffee latte burger* fries sandwich* menu* meal* lunch dinner breakfast drink* drive-thru drive-through barista* waiter* waitress* server counter kitchen order* ordered taste* tasted tasty flavor* flavour* " +
		"food snack* pizza* chicken beef salad* takeaway takeout take-out chocolate ice_cream soda bottle* can cans recipe* ingredient* grocery supermarket* eat eating ate delicious stale franchise* chain tip tipped",
	"hotel": "hotel* room rooms lobby reception* front_desk concierge check-in checked_in check-out checkout suite* stay stayed staying night nights guest guests bed beds pillow* towel* sheets minibar housekeep* maid* " +
		"breakfast_buffet pool spa elevator* resort* hostel* motel* inn booking* booked reservation* reserved keycard* key_card loyalty bathroom shower* noise view balcony valet",
	"insurance": "insur* claim* policy policies policyholder* premium* coverage covered deductible* adjuster* adjustor* agent agents underwrit* quote quotes accident* collision liability totaled windshield tow towing towed tow_truck roadside flat_tire " +
		"flat_tyre roadside_assistance copay* denied denial reimburse* benefit* beneficiary renewal* renew lapse* damage* payout* settlement* member* membership locksmith stranded battery",
	"media": "subscri* newspaper* magazine* article* newsletter* channel channels show shows episode* season seasons stream* streaming tv television series movie* film films broadcast* radio podcast* journalist* reporter* editor* " +
		"paywall* ad ads commercials cable rental* rent rented dvd* disc discs late_fee* video videos binge* watch* watched news headline* viewer* studio publisher* login buffering",
	"rail": "train trains rail railway* railroad* station* platform platforms conductor* carriage* coach track tracks ticket* commut* timetable* schedule* locomotive* line seat seats season_ticket delay* delayed cancelled canceled " +
		"strike* replacement_bus buses bus bus_stop passenger* derail* signal* fare fares turnstile* quiet_car dining_car sleeper metro subway tram trams ticket_machine",
	"shop": "store stores shop shops shopping shopped mall malls outlet aisle* checkout cashier* register receipt* return returned returns refund* exchange* sale sales coupon* discount* size sizes jeans shirt* sweater* dress dresses " +
		"clothes clothing shoe shoes jacket* hoodie* khaki* fitting_room gift_card* order* ordered delivery cart stock inventory shelf shelves brand fashion apparel outfit* catalog* warehouse buy bought purchase* online item items retail*",
	"software": "software app apps application update* updated upgrade* install* download* version* bug bugs crash* login log_in password* account* subscription* license* licence* cloud sync* browser plugin* extension* api file files " +
		"feature* release* patch* user_interface dashboard developer* beta support_ticket export import database code server* backup* interface mail inbox workspace plan data saas open_source windows linux search",
	"tech": "phone* laptop* computer* tablet* iphone* ipad* macbook* mac macs android screen* battery charger* camera* lens printer* cartridge* device* gadget* software hardware keyboard* warranty repair* genius_bar app apps store update* ios " +
		"chip* processor* cpu gpu monitor* headphone* earbud* watch smartwatch console* xbox* tv router* usb cable bluetooth wifi firmware customer_support serial tech_support ceo keynote launch* shares stock smartphone* handset* disc_error*",
	"telecom": "phone* cell mobile wireless network* signal coverage reception roaming data plan plans contract* sim bill bills billing broadband internet fiber fibre modem* router* dsl wifi landline* call calls dropped text texts texting " +
		"sms voicemail minutes carrier* operator* provider* outage* speed speeds mbps upload* download* 4g 5g lte tower* unlimited prepaid port porting number technician* cable_guy activation tariff* handset* upgrade*",
	"travel": "travel* trip trips vacation* holiday* tour tours tourist* cruise* cabin booking* booked book itinerar* reservation* hotel* flight* rental* rent car_hire rental_car excursion* guide resort* voucher* package agent* agency destination* airport* " +
		"passport* visa luggage suitcase* beach check-in host hosts apartment* villa listing* refund* cancel* cancelled canceled ship ship's port deck taxi ride rides driver*",
	categoryAny: "customer* support helpline hotline called phoned emailed complain* complaint* refund* reimburse* rep reps representative* manager* employee* staff service helpdesk ticket invoice* billed charged overcharged purchase* bought " +
		"warranty company corporation ceo inc website app store branch account delivery subscriber* member* client* shareholder* stock shares headquarters spokes* pr brand switched switching loyal boycott*",
}
