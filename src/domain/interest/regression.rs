//! Logistic regression with a quadratic penalty, by gradient descent with momentum.
//!
//! All steps are fixed in number and order, so that the same papers give the same weights.

use super::vocabulary::WordVector;

/// The penalty on the weights. A tenth or ten times of it ranks as well, by the benchmark.
const PENALTY: f32 = 1e-3;
/// Steps of the descent. More of them change the ranking no longer, by the benchmark.
const STEPS: u16 = 60;
/// The largest curvature of the loss is a quarter of the squared length of a vector, which is 1,
/// and 1 more for the bias.
const STEP_LEN: f32 = 1.0 / (0.5 + PENALTY);

/// A plane between two classes of vectors.
#[derive(Debug)]
pub struct LinearClassifier {
    weights: Vec<f32>,
    bias: f32,
}

impl LinearClassifier {
    /// Fits the plane. Both classes weigh the same, however many their vectors are.
    pub fn train(positive: &[&WordVector], negative: &[WordVector], word_count: usize) -> Self {
        let mut plane = Self { weights: vec![0.0; word_count], bias: 0.0 };
        let mut previous = Self { weights: vec![0.0; word_count], bias: 0.0 };
        let mut gradient = vec![0.0; word_count];
        for step in 0..STEPS {
            let momentum = f32::from(step) / (f32::from(step) + 3.0);
            for (weight, last) in plane.weights.iter_mut().zip(&mut previous.weights) {
                let ahead = *weight + momentum * (*weight - *last);
                *last = std::mem::replace(weight, ahead);
            }
            let ahead = plane.bias + momentum * (plane.bias - previous.bias);
            previous.bias = std::mem::replace(&mut plane.bias, ahead);
            gradient.fill(0.0);
            let bias_gradient = plane.add_gradient(positive.iter().copied(), 1.0, &mut gradient)
                + plane.add_gradient(negative.iter(), 0.0, &mut gradient);
            for (weight, slope) in plane.weights.iter_mut().zip(&gradient) {
                *weight -= STEP_LEN * (slope + PENALTY * *weight);
            }
            plane.bias -= STEP_LEN * bias_gradient;
        }
        plane
    }

    /// Adds the gradient of the loss of one class, and returns that of the bias.
    fn add_gradient<'a>(
        &self,
        vectors: impl ExactSizeIterator<Item = &'a WordVector>,
        target: f32,
        gradient: &mut [f32],
    ) -> f32 {
        let share = 0.5 / vectors.len().max(1) as f32;
        let mut bias_gradient = 0.0;
        for vector in vectors {
            let slope = share * (sigmoid(self.margin(vector)) - target);
            for (id, weight) in vector {
                gradient[*id as usize] += slope * weight;
            }
            bias_gradient += slope;
        }
        bias_gradient
    }

    /// The logarithm of the odds that a vector belongs to the first class.
    pub fn margin(&self, vector: &WordVector) -> f32 {
        self.bias + vector.iter().map(|(id, weight)| self.weight(*id) * weight).sum::<f32>()
    }

    /// The weight of a word.
    pub fn weight(&self, id: u32) -> f32 {
        self.weights[id as usize]
    }
}

fn sigmoid(margin: f32) -> f32 {
    1.0 / (1.0 + (-margin).exp())
}
