// expect-error: value_is_in_range<tenon::LayerIndex<1>, tenon::EinsumDense<.*tenon::detail::AnEquation ?>::text
// A letter that stands in all three terms of an equation.
#include <tenon/layers/einsum_dense.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/model/facts.hpp>

namespace tn = tenon;

struct Net : tn::Sequential<
#ifdef TENON_EXPECT_COMPILE_ERROR
    tn::Input<3, 5>, tn::EinsumDense<"abc,bcd->abd", tn::OutputShape<3, 4>>
#else
    tn::Input<3, 5>, tn::EinsumDense<"abc,cd->abd", tn::OutputShape<3, 4>>
#endif
    > {};
static_assert(tn::parameter_count<Net> >= 0);
