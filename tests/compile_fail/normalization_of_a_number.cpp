// expect-error: rank_is_large_enough<tenon::LayerIndex<1>, tenon::BatchNormalizationWith<>, tenon::Got<>, tenon::Wanted<1>
// BatchNormalization takes channels.
#include <tenon/layers/batch_normalization.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

#ifdef TENON_EXPECT_COMPILE_ERROR
struct Net : tn::Sequential<tn::Input<>, tn::BatchNormalization> {};
#else
struct Net : tn::Sequential<tn::Input<1>, tn::BatchNormalization> {};
#endif
static_assert(tn::parameter_count<Net> >= 0);
