#include <tenon/layers/einsum_dense.hpp>

#include <tenon/activations/tanh.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::layer_named;

TEST_CASE("EinsumDense agrees with Keras", "[layers][einsum_dense]") {
  support::check_golden("layers/einsum_dense", {
    layer_named<EinsumDense<"ab,bc->ac", OutputShape<4>, BiasAxes<"c">>>("EinsumDense<\"ab,bc->ac\", OutputShape<4>, BiasAxes<\"c\">>"),
    layer_named<EinsumDense<"abc,cd->abd", OutputShape<-1, 4>>>("EinsumDense<\"abc,cd->abd\", OutputShape<-1, 4>>"),
    layer_named<EinsumDense<"abc,cde->abde", OutputShape<-1, 2, 4>, BiasAxes<"de">, Tanh>>("EinsumDense<\"abc,cde->abde\", OutputShape<-1, 2, 4>, BiasAxes<\"de\">, Tanh>"),
    layer_named<EinsumDense<"abcd,cde->abe", OutputShape<-1, 3>, BiasAxes<"e">>>("EinsumDense<\"abcd,cde->abe\", OutputShape<-1, 3>, BiasAxes<\"e\">>"),
    layer_named<EinsumDense<"abc,bd->adc", OutputShape<4, -1>, BiasAxes<"d">>>("EinsumDense<\"abc,bd->adc\", OutputShape<4, -1>, BiasAxes<\"d\">>"),
    layer_named<EinsumDense<"abcd,dbe->aec", OutputShape<2, 2>, BiasAxes<"ec">>>("EinsumDense<\"abcd,dbe->aec\", OutputShape<2, 2>, BiasAxes<\"ec\">>"),
  });
}

TEST_CASE("EinsumDense refuses equations and shapes that do not fit", "[layers][einsum_dense]") {
  const auto problem = [](auto layer, const Shape& x) {
    support::Sketch g;
    layer.call(g.argument(x));
    return g.trace.mistake.problem;
  };
  const Shape x = shape(dynamic, 3, 4);
  CHECK(problem(EinsumDense<"abc,cd->abd", OutputShape<3, 5>>{}, x) == Problem::none);
  CHECK(problem(EinsumDense<"abc,cd->abd", OutputShape<2, 5>>{}, x) == Problem::shapes_cannot_be_broadcast);   // b is 3
  CHECK(problem(EinsumDense<"abc,cd->abd", OutputShape<-1, -1>>{}, x) == Problem::shapes_cannot_be_broadcast);  // d is of no input
  CHECK(problem(EinsumDense<"abc,cd->abd", OutputShape<5>>{}, x) == Problem::rank_too_small);
  CHECK(problem(EinsumDense<"ab,bc->ac", OutputShape<5>>{}, x) == Problem::rank_too_large);
  CHECK(problem(EinsumDense<"abc,bcd->abd", OutputShape<3, 5>>{}, x) == Problem::value_out_of_range);  // b stands in all three
  CHECK(problem(EinsumDense<"abc,cd->ad", OutputShape<5>>{}, x) == Problem::value_out_of_range);        // b stands in one
  CHECK(problem(EinsumDense<"abc,cd->bad", OutputShape<3, 5>>{}, x) == Problem::value_out_of_range);    // the batch comes first
  CHECK(problem(EinsumDense<"abc,cd", OutputShape<3, 5>>{}, x) == Problem::value_out_of_range);
  CHECK(problem(EinsumDense<"abc,cd>abd", OutputShape<3, 5>>{}, x) == Problem::value_out_of_range);
  CHECK(problem(EinsumDense<"", OutputShape<3, 5>>{}, x) == Problem::value_out_of_range);
}
