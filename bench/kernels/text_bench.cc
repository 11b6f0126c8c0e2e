// Times the string kernels on made-up names, each beside its slow twin where there is one.

#include <benchmark/benchmark.h>

#include <array>
#include <string>
#include <string_view>

#include "kernels/names.h"
#include "reference/similarity.h"
#include "text/fold.h"
#include "text/similarity.h"

namespace clew {
namespace {

// Calls `compare` on one pair after another, so that neither caches nor branches learn one pair.
template <typename Compare>
void over_pairs(benchmark::State& state, const Compare& compare) {
  const auto length_max = static_cast<std::size_t>(state.range(0));
  const auto pairs =
      bench::name_pairs({.length_min = length_max * 2 / 5, .length_max = length_max});
  std::size_t next = 0;
  for (auto _ : state) {
    const auto& [a, b] = pairs[next];
    next = next + 1 == pairs.size() ? 0 : next + 1;
    benchmark::DoNotOptimize(compare(a, b));
  }
}

template <typename Change>
void over_texts(benchmark::State& state, std::string_view ending, const Change& change) {
  auto texts = bench::names({});
  for (std::string& text : texts) text += ending;
  std::size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(change(texts[next]));
    next = next + 1 == texts.size() ? 0 : next + 1;
  }
}

using View = std::string_view;

void jaro_winkler(benchmark::State& state) {
  over_pairs(state, [](View a, View b) { return text::jaro_winkler(a, b); });
}

void jaro_winkler_twin(benchmark::State& state) {
  over_pairs(state, [](View a, View b) { return reference::jaro_winkler(a, b); });
}

void levenshtein(benchmark::State& state) {
  const int max = static_cast<int>(state.range(1));
  over_pairs(state, [max](View a, View b) { return text::levenshtein(a, b, max); });
}

void osa(benchmark::State& state) {
  const int max = static_cast<int>(state.range(1));
  over_pairs(state, [max](View a, View b) { return text::osa(a, b, max); });
}

void osa_twin(benchmark::State& state) {
  over_pairs(state, [](View a, View b) { return reference::osa(a, b); });
}

void token_overlap(benchmark::State& state) {
  over_pairs(state, [](View a, View b) { return text::token_overlap(a, b); });
}

void soundex(benchmark::State& state) {
  over_texts(state, "", [](View a) { return text::soundex(a); });
}

void fold_ascii(benchmark::State& state) {
  over_texts(state, " II", [](View a) { return text::fold(a); });
}

void fold_accents(benchmark::State& state) {
  over_texts(state, " Łódź", [](View a) { return text::fold(a); });
}

void latin_key(benchmark::State& state) {
  over_texts(state, " иванова", [](View a) { return text::latin_key(a); });
}

void squeeze(benchmark::State& state) {
  over_texts(state, " 12-3", [](View a) { return text::squeeze(a); });
}

// Arguments: longest name (the shortest has two fifths of it), then the bound of the distance.
BENCHMARK(jaro_winkler)->Arg(15)->Arg(30)->Arg(60)->Arg(120);
BENCHMARK(jaro_winkler_twin)->Arg(15);
BENCHMARK(levenshtein)->Args({15, 1})->Args({15, 2})->Args({15, 15})->Args({60, 3})->Args({60, 60});
BENCHMARK(osa)->Args({15, 1})->Args({15, 2})->Args({15, 15})->Args({60, 3})->Args({120, 120});
BENCHMARK(osa_twin)->Arg(15);
BENCHMARK(token_overlap)->Arg(15);
BENCHMARK(soundex);
BENCHMARK(fold_ascii);
BENCHMARK(fold_accents);
BENCHMARK(latin_key);
BENCHMARK(squeeze);

}  // namespace
}  // namespace clew

BENCHMARK_MAIN();
