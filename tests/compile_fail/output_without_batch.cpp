// expect-error: output_starts_with_the_batch<tenon::LayerIndex<1>, Mean,
// The mean over the batch is not an output for each sample.
#include <tenon/graph/reductions.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Mean {
#ifdef TENON_EXPECT_COMPILE_ERROR
  static constexpr auto call(auto x) { return tn::mean(x, tn::axis<0>); }
#else
  static constexpr auto call(auto x) { return tn::mean(x, tn::axis<1>); }
#endif
};
struct Net : tn::Sequential<tn::Input<8>, Mean> {};
static_assert(tn::parameter_count<Net> >= 0);
