package classify

// categoryES holds the Spanish context words; see categoryEN.
var categoryES = map[string]string{
	"airline": "aerolinea* avion* vuelo* volar vole volamos volando aeropuerto* embarque embarcar puerta_de_embarque maleta* equipaje piloto* azafat* tripulacion pasajer* escala* asiento* retraso* retrasad* cancelad* cancelaron " +
		"mostrador facturacion facturar tarjeta_de_embarque terminal overbooking aterriz* despeg* pista cabina millas reubic* conexion turbulencia* low_cost",
	"bank": "banco* cuenta* tarjeta* hipoteca* prestamo* comision* cajero* sucursal* oficina transferencia* bizum saldo nomina credito debito interes* deposito* ahorro* iban extracto* cobro* cobraron recibo* descubierto " +
		"gestor* director_de_oficina financier* banca plazo_fijo domicilia* fraude",
	"delivery": "paquete* envio* enviar enviaron repartidor* mensajer* entrega* entregar entregaron pedido* seguimiento almacen reparto correo* aduana* furgoneta transportista* recogida punto_de_recogida ausente direccion domicilio buzon devuelto rider*",
	"energy":   "luz electric* gas factura* contador* kwh tarifa* potencia suministro* apagon* corte corriente caldera* calefaccion gasolina gasoil surtidor* gasolinera* estacion_de_servicio comercializadora distribuidora placas_solares lectura* consumo petroleo refineria*",
	"food": "restaurante* cafe cafeteria* hamburguesa* patatas papas bocadillo* menu* comida* comer comimos cena* cenar almuerzo desayuno* bebida* camarer* meser* mesero* mostrador cocina sabor* rico rica pizza* pollo carne ensalada* chocolate " +
		"helado* refresco* botella* lata supermercado* receta* ingrediente* pedido* propina",
	"hotel": "hotel* habitacion* recepcion* hostal* alojamiento* estancia alojad* alojamos noche noches cama* toalla* sabanas minibar desayuno* piscina ascensor* reserva* reservad* huesped* bano ducha balcon suite* conserje check-in limpieza",
	"insurance": "segur* aseguradora* poliza* prima* siniestro* perito* parte indemniz* cobertura* cubre franquicia grua* asistencia_en_carretera accidente* averia* mutua* cuadro_medico reembols* renovacion renovar taller tomador beneficiari* " +
		"danos granizo pinchazo",
	"media": "suscrip* suscrit* periodico* diario* revista* noticia* articulo* canal* programa* serie* temporada* episodio* capitulo* pelicula* streaming television tele emision radio podcast* periodista* redaccion anuncio* publicidad " +
		"plataforma partido* futbol descodificador",
	"rail": "tren* ferrocarril* estacion* anden* vagon* revisor* maquinista via vias billete* boleto* cercanias ave alta_velocidad horario* abono* trayecto* viajer* retraso* huelga* descarril* tranvia* metro autobus* asiento* taquilla catenaria locomotora",
	"shop": "tienda* comprar compre compramos compra* centro_comercial caja cajer* ticket devolucion* devolver devolvi reembolso* cambio talla* ropa camis* pantalon* vestido* zapat* chaqueta* probador* rebaja* descuento* oferta* cupon* " +
		"pedido* carrito dependient* estante* articulo* producto* moda probar escaparate online",
	"software": "software aplicacion* app apps actualizacion* actualizar version* error* fallo* contrasena* cuenta* suscripcion* licencia* nube sincroniz* navegador* programa* archivo* funcion* desarrollador* servidor* instalar descargar descarga* copia_de_seguridad " +
		"interfaz datos usuario* plugin*",
	"tech": "movil* telefono* celular* ordenador* computadora* portatil* tableta* pantalla* bateria* cargador* camara* impresora* cartucho* dispositivo* software actualizacion* garantia reparacion* reparar servicio_tecnico procesador* auricular* reloj consola* " +
		"television* router* cable app apps lanzamiento* acciones chip* teclado",
	"telecom": "movil* telefon* linea lineas cobertura senal fibra internet banda_ancha router* wifi adsl datos tarifa* contrato* permanencia portabilidad sim roaming llamada* llamad* llame factura* operador* operadora* compania tecnico* averia* megas gigas " +
		"5g 4g prepago saldo recarga* numero velocidad cortaron corte antena*",
	"travel": "viaje* viajar vacacion* agencia* excursion* crucero* reserva* reservad* hotel* vuelo* itinerario* turist* turismo destino* alquiler coche_de_alquiler apartamento* anfitrion* bono* paquete* pasaporte equipaje maleta* playa guia cancel* reembolso* taxi conductor* trayecto*",
	categoryAny: "client* atencion_al_cliente servicio llame llamado llamada* queja* quejar reclam* reembols* devolu* factura* cobr* operador* emplead* encargad* gerente personal compre compra* garantia empresa* compania* sede portavoz web tienda* " +
		"oficina sucursal cuenta contrato marca usuari* abonad* soci* acciones cambie darme_de_baja baja",
}
