// Writes and reads a model as JSON: the only file of this layer that includes a JSON library.
#include <bit>
#include <cstring>
#include <nlohmann/json.hpp>

#include "link/field_type.h"
#include "link/model.h"

namespace clew::link {
namespace {

using nlohmann::ordered_json;

constexpr int kVersion = 1;
constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t kEntryBytes = 12;  // u64 hash, f32 count, little-endian
static_assert(std::endian::native == std::endian::little,
              "the packed counts are written as they lie");

std::string to_base64(const std::string& bytes) {
  std::string out;
  out.reserve(bytes.size() / 3 * 4 + 4);
  for (std::size_t k = 0; k < bytes.size(); k += 3) {
    std::uint32_t word = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      word = word << 8 | (k + j < bytes.size() ? static_cast<unsigned char>(bytes[k + j]) : 0U);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      out += k + j > bytes.size() ? '=' : kDigits[word >> (18 - 6 * j) & 63];
    }
  }
  return out;
}

std::string from_base64(const std::string& text) {
  std::string out;
  std::uint32_t word = 0;
  unsigned bits = 0;
  for (const char c : text) {
    const std::size_t digit = kDigits.find(c);
    if (digit == std::string_view::npos) break;  // padding
    word = word << 6 | static_cast<std::uint32_t>(digit);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out += static_cast<char>(word >> bits & 255);
    }
  }
  return out;
}

std::string pack(const Counts& counts) {
  std::string bytes(counts.size() * kEntryBytes, '\0');
  for (std::size_t k = 0; k < counts.size(); ++k) {
    std::memcpy(bytes.data() + k * kEntryBytes, &counts[k].first, 8);
    std::memcpy(bytes.data() + k * kEntryBytes + 8, &counts[k].second, 4);
  }
  return to_base64(bytes);
}

Counts unpack(const std::string& text) {
  const std::string bytes = from_base64(text);
  Counts counts(bytes.size() / kEntryBytes);
  for (std::size_t k = 0; k < counts.size(); ++k) {
    std::memcpy(&counts[k].first, bytes.data() + k * kEntryBytes, 8);
    std::memcpy(&counts[k].second, bytes.data() + k * kEntryBytes + 8, 4);
  }
  return counts;
}

ordered_json field_to_json(const FieldModel& field) {
  ordered_json levels = ordered_json::array();
  for (const Level& level : field.levels) {
    levels.push_back({{"name", level.name},
                      {"m", level.m},
                      {"h", level.h},
                      {"u", level.u},
                      {"trained", level.trained}});
  }
  return {{"name", field.spec.name},
          {"role", role_name(field.spec.role)},
          {"comparison", comparison_name(field.spec.comparison)},
          {"thresholds", field.spec.thresholds},
          {"household", field.spec.household},
          {"frequency", field.spec.frequency},
          {"levels", levels},
          {"total", field.total},
          {"counts", pack(field.frequency)}};
}

FieldModel field_from_json(const ordered_json& json) {
  FieldModel field;
  field.spec.name = json.at("name");
  const std::string role = json.at("role"), comparison = json.at("comparison");
  for (int r = 0; r <= static_cast<int>(Role::longitude); ++r) {
    if (role_name(static_cast<Role>(r)) == role) field.spec.role = static_cast<Role>(r);
  }
  for (int c = 0; c <= static_cast<int>(Comparison::point); ++c) {
    if (comparison_name(static_cast<Comparison>(c)) == comparison) {
      field.spec.comparison = static_cast<Comparison>(c);
    }
  }
  field.spec.thresholds = json.at("thresholds").get<std::vector<double>>();
  field.spec.household = json.at("household");
  field.spec.frequency = json.at("frequency");
  for (const auto& level : json.at("levels")) {
    field.levels.push_back(
        {level.at("name"), level.at("m"), level.at("h"), level.at("u"), level.at("trained")});
  }
  field.total = json.at("total");
  field.frequency = unpack(json.at("counts"));
  return field;
}

ordered_json options_to_json(const Options& options) {
  return {{"wrong_links", options.wrong_links},
          {"seed", options.seed},
          {"relatives", options.relatives},
          {"dependence", options.dependence},
          {"fuzzy_frequency", options.fuzzy_frequency},
          {"passes", options.passes},
          {"components", options.clustering == Clustering::components},
          {"threshold", options.threshold},
          {"review_low", options.review_low},
          {"deterministic", options.deterministic}};
}

Options options_from_json(const ordered_json& json) {
  Options options;
  options.wrong_links = json.at("wrong_links");
  options.seed = json.at("seed");
  options.relatives = json.at("relatives");
  options.dependence = json.at("dependence");
  options.fuzzy_frequency = json.at("fuzzy_frequency");
  options.passes = json.at("passes");
  options.clustering =
      json.at("components").get<bool>() ? Clustering::components : Clustering::field_mean;
  options.threshold = json.at("threshold");
  options.review_low = json.at("review_low");
  options.deterministic = json.at("deterministic").get<std::vector<std::vector<std::string>>>();
  return options;
}

// What scoring relies on: whole levels per field, sane probabilities, tables of the right shape.
bool is_sound(const Model& model) {
  const std::size_t n = model.fields.size();
  if (n == 0 || n > kFieldsMax) return false;
  for (const FieldModel& field : model.fields) {
    if (field.levels.size() >= kScaleMax) return false;
    const auto equal =
        static_cast<std::size_t>(field_type(field.spec.comparison).equal_level(field.spec));
    if (field.levels.size() < equal + 1 || field.levels.size() > equal + 1 + kPartialLevels)
      return false;
    for (const Level& level : field.levels) {
      if (!(level.m > 0 && level.m <= 1 && level.u > 0 && level.u <= 1 && level.h >= 0))
        return false;
    }
  }
  if (!(model.prior_match > 0 && model.prior_match < 1)) return false;
  if (!(model.prior_relative >= 0 && model.prior_match + model.prior_relative < 1)) return false;
  if (!model.source_pair.empty() &&
      model.source_pair.size() != model.sources.size() * model.sources.size()) {
    return false;
  }
  if (model.dependence.empty()) return true;
  if (model.dependence.size() != n + 1 || model.dependence_order.size() != n + 1) return false;
  for (const auto& parent : model.dependence) {
    if (parent.size() != n) return false;
    for (std::size_t f = 0; f < n; ++f) {
      if (parent[f].size() != model.fields[f].levels.size()) return false;
    }
  }
  return true;
}

}  // namespace

std::string model_to_json(const Model& model) {
  ordered_json json = {{"clew_model", kVersion},
                       {"note",
                        "No value in clear: counts stand under salted hashes, packed as base64 "
                        "of (u64 hash, f32 count), little-endian, ascending. Who has this file "
                        "can test guesses of values; keep it as private as the records."},
                       {"salt", std::to_string(model.salt)},
                       {"records_trained_on", model.records_trained_on},
                       {"converged", model.converged},
                       {"rounds", model.rounds},
                       {"prior_match", model.prior_match},
                       {"prior_relative", model.prior_relative},
                       {"sources", model.sources},
                       {"source_pair", model.source_pair},
                       {"options", options_to_json(model.options)}};
  json["fields"] = ordered_json::array();
  for (const FieldModel& field : model.fields) json["fields"].push_back(field_to_json(field));
  json["dependence_order"] = model.dependence_order;
  json["dependence"] = model.dependence;
  json["full_name_total"] = model.full_name_total;
  json["full_name_counts"] = pack(model.full_name);
  return json.dump(1) + "\n";
}

Result<Model> model_from_json(const std::string& text) {
  const ordered_json json = ordered_json::parse(text, nullptr, false);
  if (json.is_discarded() || !json.is_object() || !json.contains("clew_model")) {
    return fail(ErrorCode::invalid_input, "this is not a model that clew wrote");
  }
  try {
    if (json.at("clew_model").get<int>() != kVersion) {
      return fail(ErrorCode::invalid_input, "the model is of another version; train it anew");
    }
    Model model;
    model.salt = std::stoull(json.at("salt").get<std::string>());
    model.records_trained_on = json.at("records_trained_on");
    model.converged = json.at("converged");
    model.rounds = json.at("rounds");
    model.prior_match = json.at("prior_match");
    model.prior_relative = json.at("prior_relative");
    model.sources = json.at("sources").get<std::vector<std::string>>();
    model.source_pair = json.at("source_pair").get<std::vector<double>>();
    model.options = options_from_json(json.at("options"));
    for (const auto& field : json.at("fields")) model.fields.push_back(field_from_json(field));
    model.dependence_order = json.at("dependence_order").get<std::vector<std::uint32_t>>();
    model.dependence = json.at("dependence").get<decltype(model.dependence)>();
    model.full_name_total = json.at("full_name_total");
    model.full_name = unpack(json.at("full_name_counts"));
    if (!is_sound(model)) return fail(ErrorCode::invalid_input, "the model is damaged");
    return model;
  } catch (const std::exception&) {
    return fail(ErrorCode::invalid_input, "the model lacks a part or has it in another form");
  }
}

}  // namespace clew::link
