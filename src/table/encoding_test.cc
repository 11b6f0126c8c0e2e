#include "table/encoding.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "table/test_tables.h"
#include "table/utf8.h"

namespace clew::table {
namespace {

// Text in an 8-bit code page; the page must have every letter.
std::string encode(std::u16string_view text, std::string_view page_name) {
  std::string out;
  for (const char16_t letter : text) {
    if (letter < 0x80) {
      out += static_cast<char>(letter);
      continue;
    }
    for (const CodePage& page : code_pages()) {
      if (page.name != page_name) continue;
      const auto found = std::find(page.letters->begin(), page.letters->end(), letter);
      EXPECT_NE(found, page.letters->end()) << "U+" << static_cast<unsigned>(letter);
      out += static_cast<char>(0x80 + (found - page.letters->begin()));
    }
  }
  return out;
}

std::string encode_utf8(std::u16string_view text) {
  std::string out;
  for (const char16_t letter : text) append_utf8(out, letter);
  return out;
}

constexpr std::u16string_view kFrench =
    u"id,nom,ville\n1,Hélène Lefèvre,Orléans\n2,François Noël,Nîmes\n3,Zoé Bérénice,Béziers\n";
constexpr std::u16string_view kSpanish =
    u"id,nombre\n1,José Núñez\n2,María Ibáñez\n3,Ángel Muñoz\n4,Sofía León\n5,Inés Peña\n";
constexpr std::u16string_view kCapitals =
    u"ID,NOM\n1,HÉLÈNE\n2,ANDRÉ\n3,JOSÉ\n4,RENÉ\n5,ZOÉ\n6,FRANÇOIS\n7,ADÈLE\n";
constexpr std::u16string_view kRussian = u"номер,имя\n1,Иван Петров\n2,Мария Смирнова\n";
constexpr std::u16string_view kRussianCapitals = u"ID,NAME\n1,ИВАН ПЕТРОВ\n2,МАРИЯ СМИРНОВА\n";
constexpr std::u16string_view kUkrainian = u"id,name\n1,Олексій Шевченко\n2,Ганна Коваленко\n";
constexpr std::u16string_view kArabic = u"الرقم,الاسم\n1,محمد علي\n2,فاطمة الحسن\n3,يوسف إبراهيم\n";

TEST(EncodingTest, ConvertsCodePagesThatLeaveNoDoubt) {
  const std::vector<std::pair<std::string_view, std::u16string_view>> cases{
      {"Windows-1252", kFrench},  {"Windows-1252", kSpanish},         {"Windows-1252", kCapitals},
      {"Windows-1251", kRussian}, {"Windows-1251", kRussianCapitals}, {"Windows-1251", kUkrainian},
      {"Windows-1256", kArabic}};
  for (const auto& [page, text] : cases) {
    const std::string expected = cells_of(table_of(encode_utf8(text)).value());
    const Result<Table> table = table_of(encode(text, page));
    ASSERT_TRUE(table.has_value()) << page << ": " << table.error().message;
    EXPECT_EQ(cells_of(*table), expected);
    EXPECT_EQ(table->format, "CSV, comma, " + std::string(page));
    ASSERT_EQ(table->problems.size(), 1U);
    EXPECT_EQ(table->problems[0].line, 0U);
    EXPECT_EQ(table->problems[0].done, "converted");
  }
}

TEST(EncodingTest, RefusesOthersAndNamesThem) {
  const std::vector<std::pair<std::string_view, std::u16string_view>> cases{
      {"Windows-1250", u"id,name\n1,Wałęsa\n2,Gołąb Łukasz\n3,Świątek\n"},
      {"Windows-1250", u"id,name\n1,Dvořák\n2,Černý Jiří\n3,Růžička\n4,Němec\n"},
      {"Windows-1253", u"id,name\n1,Γιώργος Παπαδόπουλος\n2,Μαρία Νικολάου\n"},
      {"Windows-1254", u"id,name\n1,Ayşe Yıldız\n2,Işık Doğan\n3,Çağlar Şahin\n"},
      {"Windows-1255", u"id,name\n1,דוד לוי\n2,שרה כהן\n3,יוסף מזרחי\n"},
      {"KOI8-R", kRussian},
      {"DOS code page 866", kRussian},
      {"ISO-8859-5", kRussian},
      {"ISO-8859-6", kArabic},
      {"DOS code page 850", kFrench},
      {"Mac OS Roman", kFrench}};
  for (const auto& [page, text] : cases) {
    const Result<Table> table = table_of(encode(text, page));
    ASSERT_FALSE(table.has_value()) << page << ": " << table->format;
    EXPECT_EQ(table.error().code, ErrorCode::invalid_input);
    EXPECT_NE(table.error().message.find("probably " + std::string(page)), std::string::npos)
        << table.error().message;
  }
}

TEST(EncodingTest, DoesNotGuessAtWhatIsNoCodePage) {
  // Japanese in Shift JIS.
  const std::string text =
      "id,name\n1,\x8E\x52\x93\x63\x91\xBE\x98\x59\n2,\x97\xE9\x96\xD8\x89\xD4\x8E\x71\n"
      "3,\x8D\xB2\x93\xA1\x8C\x92\n";
  EXPECT_NE(dump_of(table_of(text)).find("not recognised"), std::string::npos);
}

TEST(EncodingTest, AFewBadBytesCostOnlyTheirFields) {
  std::string text = "id,name\n";
  for (int i = 0; i < 200; ++i) text += std::to_string(i) + ",Ann\n";
  text += "x,Jos\xE9\n";
  const Table table = table_of(text).value();
  EXPECT_EQ(table.format, "CSV, comma, UTF-8");
  ASSERT_EQ(table.problems.size(), 1U);
  EXPECT_EQ(table.problems[0].line, 202U);
}

TEST(EncodingTest, SkipsTheByteOrderMark) {
  EXPECT_EQ(dump_of(table_of("\xEF\xBB\xBFid,n\n1,\xC3\xA9\n")),
            dump_of(table_of("id,n\n1,\xC3\xA9\n")));
}

TEST(EncodingTest, ReadsUtf16OfBothOrders) {
  const std::u16string_view text = u"id;name\r\n1;محمد\r\n2;\U0001F600 é\r\n";
  std::string little = "\xFF\xFE", big = "\xFE\xFF";
  for (const char16_t unit : text) {
    little += {static_cast<char>(unit & 0xFF), static_cast<char>(unit >> 8)};
    big += {static_cast<char>(unit >> 8), static_cast<char>(unit & 0xFF)};
  }
  const std::string expected =
      "CSV, semicolon, UTF-16\n[id][name]\n[1][\xD9\x85\xD8\xAD\xD9\x85\xD8\xAF]\n"
      "[2][\xF0\x9F\x98\x80 \xC3\xA9]\n2 3 ";
  EXPECT_EQ(dump_of(table_of(little)), expected);
  EXPECT_EQ(dump_of(table_of(big)), expected);
  EXPECT_EQ(dump_of(table_of(little, 1)), expected);
}

TEST(EncodingTest, LoneSurrogateCostsOnlyItsField) {
  std::string text = "\xFE\xFF";
  for (const char c : std::string_view("a,b\n1,")) text += {'\0', c};
  text += std::string("\xD8\x00\x00\n", 4);
  const Table table = table_of(text).value();
  EXPECT_EQ(cells_of(table), "[a][b]\n[1][]\n");
  EXPECT_EQ(table.problems.size(), 1U);
}

TEST(EncodingTest, RefusesUtf16WithoutMarkAndBinaries) {
  std::string text;
  for (const char c : std::string_view("a,b\n1,2\n")) text += {c, '\0'};
  EXPECT_NE(dump_of(table_of(text)).find("UTF-16 without a byte order mark"), std::string::npos);
  EXPECT_NE(dump_of(table_of(std::string("\x01\0\0\0\x02\0\0\0", 8))).find("binary file"),
            std::string::npos);
}

TEST(EncodingTest, CleanAsciiIsFoundByteByByte) {
  for (std::size_t length = 0; length < 20; ++length) {
    for (std::size_t at = 0; at < length; ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string text(length, 'a');
        text[at] = static_cast<char>(byte);
        EXPECT_EQ(is_clean_ascii(text), byte > 0 && byte < 128);
      }
    }
  }
}

TEST(EncodingTest, EveryCodePointIsUtf8AndItsPrefixesAreNot) {
  for (std::uint32_t point = 1; point <= 0x10FFFF; ++point) {
    std::string text;
    append_utf8(text, point);
    const bool surrogate = point >= 0xD800 && point < 0xE000;
    ASSERT_EQ(utf8_length(text), surrogate ? 0 : text.size()) << point;
    for (std::size_t cut = 1; cut < text.size(); ++cut)
      ASSERT_EQ(utf8_length(text.substr(0, cut)), 0U);
  }
  for (const std::string bad : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xF0\x8F\xBF\xBF",
                                "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF"}) {
    EXPECT_EQ(utf8_length(bad), 0U);
  }
}

TEST(EncodingTest, RepairedTextIsCleanAndCleanTextIsKept) {
  EXPECT_TRUE(rc::check([](const std::string& bytes) {
    const std::string repaired = repair_utf8(bytes);
    RC_ASSERT(is_clean_utf8(repaired));
    RC_ASSERT(!is_clean_utf8(bytes) || repaired == bytes);
  }));
}

}  // namespace
}  // namespace clew::table
