#include "formats/vocabulary.h"

#include <gtest/gtest.h>

#include "formats/field_spec.h"

namespace clew::formats {
namespace {

using link::Role;

struct Case {
  const char* header;
  link::Role role;
  const char* kind;
};

const Case kCases[] = {
    {"rec_id", Role::id, "id"},
    {"unique_id", Role::id, "id"},
    {"record id", Role::id, "id"},
    {"Case No.", Role::id, "id"},
    {"numéro de dossier", Role::id, "id"},
    {"cluster", Role::truth, "truth"},
    {"entity_id", Role::truth, "truth"},
    {"household", Role::ignored, "household"},
    {"family_id", Role::ignored, "household"},
    {"first_name", Role::given_name, "given_name"},
    {"GivenName", Role::given_name, "given_name"},
    {"Prénom", Role::given_name, "given_name"},
    {"nombre", Role::given_name, "given_name"},
    {"имя", Role::given_name, "given_name"},
    {"отчество", Role::middle_name, "middle_name"},
    {"surname", Role::family_name, "family_name"},
    {"lastName", Role::family_name, "family_name"},
    {"NOM", Role::family_name, "family_name"},
    {"apellido(s)", Role::family_name, "family_name"},
    {"фамилия", Role::family_name, "family_name"},
    {"اسم العائلة", Role::family_name, "family_name"},
    {"full_name", Role::full_name, "full_name"},
    {"الاسم", Role::full_name, "full_name"},
    {"ФИО", Role::full_name, "full_name"},
    {"dob", Role::birth_date, "birth_date"},
    {"Date of Birth", Role::birth_date, "birth_date"},
    {"dateOfBirth", Role::birth_date, "birth_date"},
    {"DOB (dd/mm/yyyy)", Role::birth_date, "birth_date"},
    {"date_de_naissance", Role::birth_date, "birth_date"},
    {"fecha de nacimiento", Role::birth_date, "birth_date"},
    {"дата рождения", Role::birth_date, "birth_date"},
    {"تاريخ الميلاد", Role::birth_date, "birth_date"},
    {"born", Role::birth_date, "birth_date"},
    {"bday", Role::birth_date, "birth_date"},
    {"geb", Role::birth_date, "birth_date"},
    {"âge", Role::age, "age"},
    {"edad", Role::age, "age"},
    {"возраст", Role::age, "age"},
    {"العمر", Role::age, "age"},
    {"sexe", Role::sex, "sex"},
    {"пол", Role::sex, "sex"},
    {"الجنس", Role::sex, "sex"},
    {"téléphone", Role::phone, "phone"},
    {"tel", Role::phone, "phone"},
    {"Mobile 2", Role::phone, "phone"},
    {"cell", Role::phone, "phone"},
    {"رقم الهاتف", Role::phone, "phone"},
    {"courriel", Role::email, "email"},
    {"correo", Role::email, "email"},
    {"E-mail", Role::email, "email"},
    {"zip", Role::postcode, "postcode"},
    {"CP", Role::postcode, "postcode"},
    {"code postal", Role::postcode, "postcode"},
    {"индекс", Role::postcode, "postcode"},
    {"postcode_fake", Role::postcode, "postcode"},
    {"ville", Role::place, "place"},
    {"ciudad", Role::place, "place"},
    {"город", Role::place, "place"},
    {"birth_place", Role::place, "birth_place"},
    {"place of birth", Role::place, "birth_place"},
    {"state", Role::place, "region"},
    {"pays", Role::country, "country"},
    {"país", Role::country, "country"},
    {"country of birth", Role::country, "birth_country"},
    {"ssn", Role::document, "ssn"},
    {"soc_sec_id", Role::document, "ssn"},
    {"passport", Role::document, "passport"},
    {"nin", Role::document, "document"},
    {"id number", Role::document, "document"},
    {"username", Role::handle, "handle"},
    {"street_number", Role::house_number, "house_number"},
    {"address_1", Role::address, "address"},
    {"address2", Role::address, "address"},
    {"occupation", Role::category, "occupation"},
    {"received", Role::report_date, "report_date"},
    {"created_at", Role::report_date, "report_date"},
    {"updated", Role::report_date, "report_date"},
    {"notes", Role::free_text, "free_text"},
    {"lat", Role::latitude, "latitude"},
    {"lon", Role::longitude, "longitude"},
    {"agency", Role::source, "source"},
    {"child_first_name", Role::given_name, "given_name"},
    {"victim dob", Role::birth_date, "birth_date"},
    {"mother_name", Role::category, "relative"},
    {"nombre del padre", Role::category, "relative"},
    {"reporter phone", Role::ignored, "other_person"},
    {"guardian_phone", Role::ignored, "other_person"},
    {"\xEF\xBB\xBF"
     "dob",
     Role::birth_date, "birth_date"},
};

TEST(VocabularyTest, ReadsHeadersInFiveLanguages) {
  for (const Case& c : kCases) {
    const auto meaning = meaning_of(c.header);
    ASSERT_TRUE(meaning.has_value()) << c.header;
    EXPECT_EQ(role_name(meaning->role), role_name(c.role)) << c.header;
    EXPECT_EQ(meaning->kind, c.kind) << c.header;
    EXPECT_GE(meaning->strength, 0.45) << c.header;
  }
}

TEST(VocabularyTest, NamesTheLanguage) {
  EXPECT_EQ(meaning_of("prénom")->language, "French");
  EXPECT_EQ(meaning_of("apellidos")->language, "Spanish");
  EXPECT_EQ(meaning_of("فصيلة العمر")->language, "Arabic");
  EXPECT_EQ(meaning_of("имя")->language, "Russian");
}

TEST(VocabularyTest, AHeaderThatSaysNothingHasNoMeaning) {
  for (const char* header : {"col1", "x7", "", "???", "v_12", "field 3"}) {
    EXPECT_FALSE(meaning_of(header).has_value()) << header;
  }
}

TEST(VocabularyTest, AHeaderMaySpellOutTheOrderOfDates) {
  using model::DateOrder;
  EXPECT_EQ(order_in_header("DOB (dd/mm/yyyy)"), DateOrder::day_first);
  EXPECT_EQ(order_in_header("Date de naissance JJ/MM/AAAA"), DateOrder::day_first);
  EXPECT_EQ(order_in_header("birth_date_mdy"), DateOrder::month_first);
  EXPECT_EQ(order_in_header("born YYYY-MM-DD"), DateOrder::year_first);
  EXPECT_EQ(order_in_header("date of birth"), DateOrder::unknown);
}

TEST(VocabularyTest, FieldNamesArePlain) {
  EXPECT_EQ(field_name("Date of Birth"), "date_of_birth");
  EXPECT_EQ(field_name("Prénom "), "prenom");
  EXPECT_EQ(field_name("имя"), "имя");
  EXPECT_EQ(field_name("???"), "column");
}

}  // namespace
}  // namespace clew::formats
