// expect-error: layer_has_this_option<tenon::LayerIndex<1>, tenon::Inside<tenon::Sequential<tenon::Dense<8>, tenon::Dense<4, tenon::Valid> ?>, .?& ?tenon::TypeOf<tenon::Dense<4, tenon::Valid> ?>::layer.?>
// The layer of a block is named beside the block.
#include <tenon/layers/dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    tn::Input<8>, tn::Sequential<tn::Dense<8>, tn::Dense<4, tn::Valid>>
#else
    tn::Input<8>, tn::Sequential<tn::Dense<8>, tn::Dense<4>>
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
