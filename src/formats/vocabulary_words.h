// The words of the vocabulary, as data: one line per role, kind and language.
#pragma once

#include <string_view>

#include "link/records.h"

namespace clew::formats {

// `words` are header names divided by "|", folded as text::fold does; blanks in them do not matter.
struct VocabularyLine {
  link::Role role;
  std::string_view kind;
  std::string_view language;
  std::string_view words;
};

using link::Role;

inline constexpr VocabularyLine kVocabulary[] = {
    {Role::id, "id", "English",
     "id|record id|rec id|recid|recordid|unique id|uid|uuid|guid|row id|rowid|row number|case no|"
     "case number|case id|caseid|case ref|case reference|file no|file number|ref|ref no|reference|"
     "reference no|reference number|record no|record number|report id|report no|report number|"
     "client id|beneficiary id|registration no|registration number|key|primary key|pk|serial no|"
     "serial number|index|seq|sequence|code case|entry id|submission id|instance id|ticket|"
     "ticket no|no"},
    {Role::id, "id", "French",
     "identifiant|numero de dossier|no dossier|n dossier|num dossier|dossier|numero de cas|"
     "id dossier|identifiant unique|numero d'enregistrement|numero appel|numero "
     "d'appel|numero|numero de reference"},
    {Role::id, "id", "Spanish",
     "identificador|numero de caso|no caso|num caso|numero de expediente|expediente|id caso|"
     "id registro|numero de registro|folio"},
    {Role::id, "id", "Russian",
     "идентификатор|номер дела|дело|номер записи|ид|номер|код|№|номер п п|id записи"},
    {Role::id, "id", "Arabic", "المعرف|رقم الحالة|رقم الملف|رقم السجل|الرقم|رقم القضية|معرف"},
    {Role::source, "source", "English",
     "source|agency|org|organisation|organization|dataset|data source|data set|provider|ngo|"
     "source system|source dataset|reporting agency|sender|origin system|system|partner|"
     "organisation name|organization name|source name|agency name|database"},
    {Role::source, "source", "French",
     "organisme|association|structure|base de donnees|partenaire"},
    {Role::source, "source", "Spanish", "fuente|organizacion|agencia|organismo|base de datos"},
    {Role::source, "source", "Russian", "источник|организация|ведомство|агентство"},
    {Role::source, "source", "Arabic", "المصدر|المنظمة|الوكالة|الجهة"},
    {Role::truth, "truth", "English",
     "cluster|cluster id|clusterid|group|group id|groupid|entity|entity id|entityid|person id|"
     "personid|true id|trueid|truth|ground truth|label|match id|matchid|true cluster|true entity|"
     "true match|gold|gold id|golden id|duplicate group|dup group|dedup id|individual id"},
    {Role::ignored, "household", "English",
     "household|household id|hh id|hhid|family id|familyid|family number|family no|family code"},
    {Role::ignored, "household", "French", "menage|id menage|foyer|numero de famille|id famille"},
    {Role::ignored, "household", "Spanish", "hogar|id hogar|id familia|numero de familia"},
    {Role::ignored, "household", "Russian", "домохозяйство|номер семьи"},
    {Role::ignored, "household", "Arabic", "الاسرة|الأسرة|رقم الأسرة|رقم العائلة"},
    {Role::report_date, "report_date", "English",
     "report date|reported|date reported|date of report|reported at|reported on|received|"
     "received at|date received|created|created at|created on|date created|creation date|updated|"
     "updated at|last updated|modified|date modified|timestamp|submitted|submitted at|"
     "submission date|registration date|date registered|registered|entry date|date of entry|"
     "interview date|date of interview|intake date|referral date|date of referral|record date|"
     "date opened|opened|case opened|date|incident date|date of incident|admission date|"
     "arrival date|date of arrival|last seen|date last seen|admitted|admitted on|call date|"
     "date of call"},
    {Role::report_date, "report_date", "French",
     "date du signalement|date de signalement|signalement|date d'enregistrement|recu le|"
     "date de reception|cree le|date de creation|date d'entretien|date d'admission|"
     "date d'arrivee|date du rapport|enregistre le|mis a jour|date d'entree|date appel|date de "
     "l'appel|date d'appel"},
    {Role::report_date, "report_date", "Spanish",
     "fecha|fecha de reporte|fecha de informe|fecha del informe|fecha de registro|"
     "fecha de ingreso|recibido|fecha de recepcion|creado|fecha de creacion|fecha de entrevista|"
     "fecha de denuncia|actualizado|fecha de llegada"},
    {Role::report_date, "report_date", "Russian",
     "дата|дата сообщения|дата обращения|дата регистрации|дата отчета|дата поступления|получено|"
     "создано|дата создания|обновлено|дата записи"},
    {Role::report_date, "report_date", "Arabic",
     "التاريخ|تاريخ البلاغ|تاريخ التقرير|تاريخ التسجيل|تاريخ الاستلام|تاريخ المقابلة|"
     "تاريخ الإبلاغ|تاريخ الوصول"},
    {Role::ignored, "other_date", "English",
     "date of death|death date|dod|deceased|expiry date|expiration date|valid until|closed|"
     "date closed|closing date|exit date|end date"},
    {Role::ignored, "other_date", "French",
     "date de deces|date de cloture|date de fin|date de sortie"},
    {Role::ignored, "other_date", "Spanish", "fecha de defuncion|fecha de cierre|fecha de salida"},
    {Role::ignored, "other_date", "Russian", "дата смерти|дата закрытия"},
    {Role::ignored, "other_date", "Arabic", "تاريخ الوفاة|تاريخ الإغلاق"},
    {Role::free_text, "free_text", "English",
     "notes|note|comment|comments|description|remarks|narrative|summary|details|story|text|"
     "message|observations|case notes|free text|body|statement|circumstances"},
    {Role::free_text, "free_text", "French",
     "remarque|remarques|commentaire|commentaires|recit|resume"},
    {Role::free_text, "free_text", "Spanish",
     "notas|comentario|comentarios|descripcion|observaciones|relato|resumen|detalles"},
    {Role::free_text, "free_text", "Russian", "примечание|примечания|комментарий|описание|заметки"},
    {Role::free_text, "free_text", "Arabic", "ملاحظات|الملاحظات|تعليق|وصف|الوصف"},
    {Role::given_name, "given_name", "English",
     "given name|given names|first name|firstname|first names|forename|forenames|fname|f name|"
     "first|given|christian name|givenname|name first|1st name"},
    {Role::given_name, "given_name", "French", "prenom|prenoms|le prenom|1er prenom"},
    {Role::given_name, "given_name", "Spanish",
     "nombre|nombres|primer nombre|nombre de pila|nombre s|nombre propio"},
    {Role::given_name, "given_name", "Russian", "имя|имя ребенка"},
    {Role::given_name, "given_name", "Arabic", "الاسم الأول|الاسم الاول|اسم الطفل|الإسم الأول"},
    {Role::middle_name, "middle_name", "English",
     "middle name|middle names|middle|middlename|mname|m name|middle initial|mi|second name|"
     "second given name|patronymic|2nd name"},
    {Role::middle_name, "middle_name", "French",
     "deuxieme prenom|2e prenom|second prenom|autres prenoms"},
    {Role::middle_name, "middle_name", "Spanish", "segundo nombre|otros nombres"},
    {Role::middle_name, "middle_name", "Russian", "отчество"},
    {Role::middle_name, "middle_name", "Arabic",
     "اسم الأب|الاسم الأوسط|الاسم الثاني|اسم الاب|الاسم الاوسط"},
    {Role::family_name, "family_name", "English",
     "family name|surname|last name|lastname|lname|l name|last|familyname|sname|name last|"
     "surnames|sur name|second surname"},
    {Role::family_name, "family_name", "French",
     "nom|nom de famille|nom famille|noms|patronyme|nom usuel"},
    {Role::family_name, "family_name", "Spanish",
     "apellido|apellidos|primer apellido|apellido paterno|apellido s"},
    {Role::family_name, "maternal_name", "Spanish", "segundo apellido|apellido materno"},
    {Role::family_name, "birth_name", "English", "maiden name|birth name|nee|name at birth"},
    {Role::family_name, "birth_name", "French", "nom de naissance|nom de jeune fille"},
    {Role::family_name, "birth_name", "Russian", "девичья фамилия"},
    {Role::family_name, "family_name", "Russian", "фамилия|фам"},
    {Role::family_name, "family_name", "Arabic",
     "اسم العائلة|الاسم الأخير|الاسم الاخير|اللقب|الكنية|العائلة|النسبة|الشهرة"},
    {Role::full_name, "full_name", "English",
     "full name|fullname|name|complete name|person name|child name|name of child|names|"
     "first and surname|first and last name|name and surname|victim name|display name|"
     "first name last name|name full"},
    {Role::full_name, "full_name", "French",
     "nom complet|nom et prenom|nom prenom|noms et prenoms|prenom nom|prenom et nom|nom prenoms|"
     "nom de l'enfant"},
    {Role::full_name, "full_name", "Spanish",
     "nombre completo|nombre y apellido|nombre y apellidos|nombres y apellidos|"
     "apellidos y nombres|nombre apellido"},
    {Role::full_name, "full_name", "Russian",
     "фио|ф и о|полное имя|имя и фамилия|фамилия имя отчество|"
     "фамилия имя|имя фамилия"},
    {Role::full_name, "full_name", "Arabic",
     "الاسم|الاسم الكامل|الإسم|اسم|الاسم الثلاثي|الاسم الرباعي"},
    {Role::category, "alias", "English",
     "alias|aliases|aka|a k a|also known as|nickname|nick name|other name|other names|known as|"
     "preferred name|street name alias"},
    {Role::category, "alias", "French", "surnom|alias|dit|pseudonyme"},
    {Role::category, "alias", "Spanish", "apodo|alias|sobrenombre|conocido como"},
    {Role::category, "alias", "Russian", "прозвище|кличка|псевдоним"},
    {Role::category, "alias", "Arabic", "اسم الشهرة|الاسم المستعار|لقب"},
    {Role::birth_date, "birth_date", "English",
     "date of birth|dateofbirth|dob|d o b|birth date|birthdate|birthday|bday|b day|born|born on|"
     "date birth|birth|birth dt|dt birth|birth day|year of birth|birth year|yob|birthyear|geb|"
     "geburtsdatum|geboortedatum"},
    {Role::birth_date, "birth_date", "French",
     "date de naissance|date naissance|ddn|ne le|nee le|naissance|ne e le|annee de naissance|"
     "date de naiss"},
    {Role::birth_date, "birth_date", "Spanish",
     "fecha de nacimiento|fecha nacimiento|fdn|nacimiento|f nacimiento|nacido|fec nac|fecha nac|"
     "f nac|ano de nacimiento"},
    {Role::birth_date, "birth_date", "Russian",
     "дата рождения|д р|др|год рождения|рождение|родился|день рождения"},
    {Role::birth_date, "birth_date", "Arabic",
     "تاريخ الميلاد|تاريخ الولادة|الميلاد|سنة الميلاد|سنة الولادة"},
    {Role::age, "age", "English",
     "age|age years|age in years|age at report|approx age|approximate age|estimated age|"
     "age estimate|current age|age group|age range"},
    {Role::age, "age", "French", "age|age estime|age approximatif|tranche d'age"},
    {Role::age, "age", "Spanish", "edad|edad aproximada|edad estimada|anos de edad"},
    {Role::age, "age", "Russian", "возраст|лет"},
    {Role::age, "age", "Arabic", "العمر|السن|عمر"},
    {Role::sex, "sex", "English", "sex|gender|m f|sex at birth|gender identity"},
    {Role::sex, "sex", "French", "sexe|genre"},
    {Role::sex, "sex", "Spanish", "sexo|genero"},
    {Role::sex, "sex", "Russian", "пол"},
    {Role::sex, "sex", "Arabic", "الجنس|جنس|النوع"},
    {Role::phone, "phone", "English",
     "phone|phone number|phone no|phones|telephone|telephone number|tel|tel no|mobile|"
     "mobile number|mobile phone|cell|cell phone|cellphone|msisdn|whatsapp|phone home|home phone|"
     "work phone|landline|contact number|contact no|gsm|contact phone|phone mobile|fax"},
    {Role::phone, "phone", "French",
     "telephone|numero de telephone|portable|tel portable|n tel|tel fixe|mobile|n de telephone"},
    {Role::phone, "phone", "Spanish",
     "telefono|telefonos|celular|movil|numero de telefono|tel movil"},
    {Role::phone, "phone", "Russian",
     "телефон|тел|мобильный|номер телефона|мобильный телефон|моб тел"},
    {Role::phone, "phone", "Arabic",
     "الهاتف|رقم الهاتف|هاتف|الجوال|رقم الجوال|الموبايل|تلفون|المحمول"},
    {Role::email, "email", "English",
     "email|e-mail|e mail|mail|email address|e-mail address|emails|email addr|contact email"},
    {Role::email, "email", "French",
     "courriel|adresse electronique|adresse mail|adresse email|mel"},
    {Role::email, "email", "Spanish", "correo|correo electronico|correo e|e correo"},
    {Role::email, "email", "Russian", "почта|электронная почта|эл почта|адрес электронной почты"},
    {Role::email, "email", "Arabic", "البريد الإلكتروني|البريد الالكتروني|البريد|بريد|ايميل|إيميل"},
    {Role::house_number, "house_number", "English",
     "house number|house no|street number|street no|house num|building number|building no|"
     "house nr|flat|flat number|apartment|apt|unit|door number"},
    {Role::house_number, "house_number", "French",
     "numero de rue|numero de maison|n rue|numero rue"},
    {Role::house_number, "house_number", "Spanish", "numero de casa|numero de calle|num calle"},
    {Role::house_number, "house_number", "Russian", "дом|номер дома|квартира"},
    {Role::house_number, "house_number", "Arabic", "رقم المنزل|رقم البيت|رقم الدار"},
    {Role::street, "street", "English", "street|street name|road|st name|streetname|avenue"},
    {Role::street, "street", "French", "rue|voie|nom de rue"},
    {Role::street, "street", "Spanish", "calle|avenida|nombre de calle"},
    {Role::street, "street", "Russian", "улица|ул"},
    {Role::street, "street", "Arabic", "الشارع|شارع|اسم الشارع"},
    {Role::address, "address", "English",
     "address|addr|address line|home address|postal address|residence address|full address|"
     "street address|current address|permanent address|last known address|domicile"},
    {Role::address, "address", "French", "adresse|adresse postale|adresse complete|domicile"},
    {Role::address, "address", "Spanish", "direccion|domicilio|direccion completa"},
    {Role::address, "address", "Russian",
     "адрес|адрес проживания|место жительства|адрес регистрации"},
    {Role::address, "address", "Arabic", "العنوان|عنوان|عنوان السكن|محل الإقامة"},
    {Role::postcode, "postcode", "English",
     "postcode|post code|postal code|zip|zip code|zipcode|pcode|postcd|pin "
     "code|pincode|eircode|plz"},
    {Role::postcode, "postcode", "French", "code postal|cp|codepostal"},
    {Role::postcode, "postcode", "Spanish", "codigo postal|c p|cod postal"},
    {Role::postcode, "postcode", "Russian", "индекс|почтовый индекс"},
    {Role::postcode, "postcode", "Arabic", "الرمز البريدي|رمز بريدي"},
    {Role::place, "place", "English",
     "city|town|village|suburb|place|locality|municipality|place of residence|residence|location|"
     "settlement|city town|town city|home town|hometown|commune|camp"},
    {Role::place, "place", "French",
     "ville|commune|village|lieu|localite|lieu de residence|residence"},
    {Role::place, "place", "Spanish",
     "ciudad|municipio|localidad|pueblo|poblacion|lugar|lugar de residencia|barrio"},
    {Role::place, "place", "Russian", "город|населенный пункт|село|нас пункт|место"},
    {Role::place, "place", "Arabic", "المدينة|مدينة|القرية|البلدة|مكان الإقامة|المكان|الحي"},
    {Role::place, "birth_place", "English",
     "birth place|birthplace|place of birth|pob|city of birth|birth city|town of birth|birth town|"
     "born in|birth location|place birth"},
    {Role::place, "birth_place", "French", "lieu de naissance|ville de naissance|ne a|nee a"},
    {Role::place, "birth_place", "Spanish",
     "lugar de nacimiento|ciudad de nacimiento|lugar nacimiento"},
    {Role::place, "birth_place", "Russian", "место рождения|город рождения"},
    {Role::place, "birth_place", "Arabic", "مكان الميلاد|مكان الولادة|محل الميلاد|محل الولادة"},
    {Role::place, "region", "English",
     "state|province|region|county|district|governorate|prefecture|department|state province|"
     "admin1|admin2|territory|oblast|ward"},
    {Role::place, "region", "French", "departement|province|region|etat|canton"},
    {Role::place, "region", "Spanish", "provincia|estado|departamento|region|comunidad autonoma"},
    {Role::place, "region", "Russian", "область|регион|район|край"},
    {Role::place, "region", "Arabic", "المحافظة|محافظة|الولاية|المنطقة|الإقليم|المقاطعة"},
    {Role::country, "country", "English",
     "country|country of residence|residence country|country code|nation|ctry"},
    {Role::country, "country", "French", "pays|pays de residence"},
    {Role::country, "country", "Spanish", "pais|pais de residencia"},
    {Role::country, "country", "Russian", "страна|страна проживания"},
    {Role::country, "country", "Arabic", "البلد|الدولة|بلد|دولة|بلد الإقامة"},
    {Role::country, "birth_country", "English",
     "country of birth|birth country|cob|country birth|country of origin|origin country"},
    {Role::country, "birth_country", "French", "pays de naissance|pays d'origine"},
    {Role::country, "birth_country", "Spanish", "pais de nacimiento|pais de origen"},
    {Role::country, "birth_country", "Russian", "страна рождения|страна происхождения"},
    {Role::country, "birth_country", "Arabic", "بلد الميلاد|بلد المنشأ|بلد الولادة"},
    {Role::country, "nationality", "English", "nationality|citizenship|nationalities"},
    {Role::country, "nationality", "French", "nationalite|citoyennete"},
    {Role::country, "nationality", "Spanish", "nacionalidad|ciudadania"},
    {Role::country, "nationality", "Russian", "гражданство|национальность"},
    {Role::country, "nationality", "Arabic", "الجنسية|جنسية"},
    {Role::document, "document", "English",
     "document|document number|document no|doc no|doc number|id number|id no|identity number|"
     "identity document|id card|id card number|identification number|nid|nin|national id|"
     "national id number|national number|national insurance number|nino|travel document|"
     "identity card|id document|personal number|tax id|tin"},
    {Role::document, "document", "French",
     "numero de piece|piece d'identite|carte d'identite|cni|numero d'identite|"
     "numero de piece d'identite|titre de sejour|document"},
    {Role::document, "document", "Spanish",
     "documento|numero de documento|dni|nie|cedula|curp|documento de identidad|rut|nif|"
     "carnet de identidad"},
    {Role::document, "document", "Russian", "документ|номер документа|удостоверение|инн|снилс"},
    {Role::document, "document", "Arabic",
     "رقم الهوية|الهوية|رقم الوثيقة|بطاقة الهوية|الرقم الوطني|الرقم القومي"},
    {Role::document, "passport", "English", "passport|passport number|passport no|passport num"},
    {Role::document, "passport", "French", "passeport|numero de passeport"},
    {Role::document, "passport", "Spanish", "pasaporte|numero de pasaporte"},
    {Role::document, "passport", "Russian", "паспорт|номер паспорта"},
    {Role::document, "passport", "Arabic", "جواز السفر|رقم جواز السفر|رقم الجواز"},
    {Role::document, "ssn", "English",
     "ssn|social security number|social security no|soc sec id|soc sec no|soc sec|sin|"
     "social security|social insurance number|nhs number|medicare number"},
    {Role::document, "ssn", "French", "numero de securite sociale|securite sociale|nir"},
    {Role::document, "ssn", "Spanish", "numero de seguridad social|seguridad social|nss"},
    {Role::document, "vehicle", "English",
     "plate|licence plate|license plate|number plate|vehicle plate|vehicle registration|vin"},
    {Role::document, "device", "English", "imei|imsi|device id|device|iccid|mac address"},
    {Role::document, "account", "English",
     "iban|bank account|account number|account no|wallet|wallet address|card number"},
    {Role::handle, "handle", "English",
     "handle|username|user name|user|screen name|screenname|account|account name|login|"
     "social media|social media handle|facebook|instagram|telegram|tiktok|snapchat|twitter|"
     "profile|nick|skype|vk|kik|discord|user id|profile url"},
    {Role::handle, "handle", "French",
     "identifiant de compte|pseudo|nom d'utilisateur|utilisateur"},
    {Role::handle, "handle", "Spanish", "usuario|nombre de usuario|cuenta|perfil"},
    {Role::handle, "handle", "Russian", "логин|ник|имя пользователя|аккаунт"},
    {Role::handle, "handle", "Arabic", "اسم المستخدم|الحساب|حساب"},
    {Role::category, "occupation", "English",
     "occupation|profession|job|job title|employment|trade"},
    {Role::category, "occupation", "French", "profession|metier|emploi"},
    {Role::category, "occupation", "Spanish", "ocupacion|profesion|oficio|trabajo"},
    {Role::category, "occupation", "Russian", "профессия|занятие|род занятий"},
    {Role::category, "occupation", "Arabic", "المهنة|العمل|الوظيفة"},
    {Role::category, "language", "English", "language|mother tongue|spoken language|languages"},
    {Role::category, "language", "French", "langue|langue maternelle"},
    {Role::category, "language", "Spanish", "idioma|lengua"},
    {Role::category, "language", "Russian", "язык"},
    {Role::category, "language", "Arabic", "اللغة"},
    {Role::category, "religion", "English",
     "religion|faith|ethnicity|ethnic group|tribe|race|clan"},
    {Role::category, "appearance", "English",
     "eye color|eye colour|eyes|hair color|hair colour|hair|complexion|skin|build|height|weight|"
     "marital status|civil status|education|blood group|blood type"},
    {Role::latitude, "latitude", "English",
     "latitude|lat|lat dd|gps lat|gps latitude|y coord|широта"},
    {Role::longitude, "longitude", "English",
     "longitude|lon|lng|long|lon dd|gps lon|gps long|gps longitude|x coord|долгота"},
};

// Words that say whose value it is, or nothing at all.
inline constexpr std::string_view kWhose =
    "child|children|kid|minor|victim|person|client|subject|patient|beneficiary|the|of|fake|clean|"
    "raw|std|orig|original|value|primary|main|current|own|self|prs|vic|cas|enfant|de|l'enfant|la|"
    "le|du|des|victime|nino|nina|menor|victima|del|el|ребенка|пострадавшего|الطفل|الضحية|a|b|l|r|"
    "left|right|new|old|x|y|txt|str|field|col|column|known|last known|applicant|participant|"
    "student|pupil|member|dd|mm|yyyy|yy|yyyymmdd|ddmmyyyy|mmddyyyy|jj|aaaa|дд|мм|гггг|dmy|mdy|ymd|"
    "individual|missing|home|contact|personal";

// People beside the child whose name or number may stand in a column of its own.
inline constexpr std::string_view kRelatives =
    "mother|mothers|mother's|father|fathers|father's|parent|parents|guardian|guardians|sibling|"
    "brother|sister|spouse|husband|wife|caregiver|carer|grandmother|grandfather|uncle|aunt|mere|"
    "pere|tuteur|parents|madre|padre|tutor|мать|матери|отец|отца|опекун|الأم|الاب|الأب|الوالد|"
    "الوالدة|ولي الأمر|mum|mom|dad|next of kin|kin|maternal|paternal";

inline constexpr std::string_view kOthers =
    "reporter|reporters|informant|witness|worker|caseworker|social worker|interviewer|officer|"
    "agent|staff|suspect|perpetrator|trafficker|offender|employer|doctor|lawyer|teacher|"
    "created by|entered by|updated by|registered by|enumerator|supervisor|declarant|enqueteur|"
    "trabajador social|entrevistador|sospechoso|заявитель|сотрудник|المبلغ|file|bank|"
    "company|document name|filename";

}  // namespace clew::formats
